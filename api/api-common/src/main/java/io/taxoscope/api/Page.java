package io.taxoscope.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One keyset page of a list.
 *
 * @param items the page's items, in the list's order
 * @param nextCursor pass it as {@code cursor} for the next page; absent on the last page
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    public Page {
        items = List.copyOf(items);
    }
}
