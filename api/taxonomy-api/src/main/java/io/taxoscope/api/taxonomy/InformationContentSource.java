package io.taxoscope.api.taxonomy;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where information content comes from. Only the fields of the kind may be set.
 *
 * @param classes with UNIFORM: wnids; the default classes when absent
 * @param counts with COUNTS: wnid to how often it occurs itself, such as the images of a class
 * @param upload with FILE: the sha256 answered by {@code PUT /api/v1/uploads}
 * @param text with FILE: the file itself, instead of an upload
 */
public record InformationContentSource(
        @NotNull Kind kind,
        @Nullable List<@NotNull String> classes,
        @Nullable Map<String, @NotNull @PositiveOrZero Double> counts,
        @Nullable String upload,
        @Nullable @Size(max = CreateTaxonomy.MAX_TEXT) String text) {
    public enum Kind {
        /** Each class as likely as any other. */
        UNIFORM,
        /** Counts of nodes, rolled up here. */
        COUNTS,
        /** A corpus file of WordNet-Similarity or NLTK (such as {@code ic-brown.dat}), for WordNet only. */
        FILE
    }
}
