package io.taxoscope.activationservice.interventions;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.api.Page;
import io.taxoscope.api.activation.InterventionExample;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What changed for each example, one line of JSON each, in a file of the store. */
@Component
class ExampleLines {
    private static final int MAX_PAGE = 1000;

    private final ContentStore store;
    private final JsonMapper json;

    ExampleLines(ContentStore store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    Sha256 write(Stream<InterventionExample> examples) {
        return store.put(out -> {
            for (var each = examples.iterator(); each.hasNext(); ) {
                out.write(json.writeValueAsString(each.next()).getBytes(StandardCharsets.UTF_8));
                out.write('\n');
            }
        });
    }

    /** The cursor of a page is the number of lines before it. */
    Page<InterventionExample> page(Sha256 file, @Nullable String cursor, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw ActivationError.PARAMETER_OUT_OF_RANGE.at("limit", "is %d; use 1 to %d".formatted(limit, MAX_PAGE));
        }
        int from = cursor == null ? 0 : start(cursor);
        try (Stream<String> lines = Files.lines(store.blob(file))) {
            List<InterventionExample> items = lines.skip(from)
                    .limit(limit + 1L)
                    .map(line -> json.readValue(line, InterventionExample.class))
                    .toList();
            return items.size() <= limit
                    ? new Page<>(items, null)
                    : new Page<>(items.subList(0, limit), Integer.toString(from + limit));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the examples " + file, failure);
        }
    }

    private static int start(String cursor) {
        if (!cursor.matches("\\d{1,9}")) {
            throw ActivationError.PARAMETER_OUT_OF_RANGE.at(
                    "cursor", "is '" + cursor + "'; use the nextCursor of a page of this intervention");
        }
        return Integer.parseInt(cursor);
    }
}
