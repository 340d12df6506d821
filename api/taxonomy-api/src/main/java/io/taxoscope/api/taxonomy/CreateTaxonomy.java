package io.taxoscope.api.taxonomy;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * @param name what people call it; part of its identity
 * @param format how the source says what lies above what
 * @param source edges, nodes or paths, one a line
 * @param labels with EDGES only: {@code id<TAB>names<TAB>gloss} for every node, names separated by {@code |}
 */
public record CreateTaxonomy(
        @NotBlank @Size(max = 200) String name,
        @NotNull Format format,
        @NotNull @Valid Text source,
        @Valid @Nullable Text labels) {
    /** The most characters that a request may carry itself; longer ones are uploaded first. */
    public static final int MAX_TEXT = 10_000_000;

    public enum Format {
        /** {@code child<TAB>parent}. */
        EDGES,
        /** {@code id<TAB>parents<TAB>names<TAB>gloss} under a header of these words; parents separated by {@code |}. */
        NODES,
        /** iNaturalist's folder names: {@code 05734_Plantae_…_Vaccinium_corymbosum}; the leading number is dropped. */
        PATHS
    }

    /**
     * UTF-8 text: exactly one of the two is set.
     *
     * @param upload the sha256 answered by {@code PUT /api/v1/uploads}
     * @param text the text itself
     */
    public record Text(
            @Nullable String upload,
            @Nullable @Size(max = MAX_TEXT) String text) {}
}
