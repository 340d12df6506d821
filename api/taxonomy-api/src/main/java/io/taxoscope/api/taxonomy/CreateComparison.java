package io.taxoscope.api.taxonomy;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/**
 * Two scorings of the same dataset.
 *
 * @param first id of a scoring that has succeeded; its latents are looked for in the second
 */
public record CreateComparison(
        @NotNull Kind kind,
        @NotBlank String first,
        @NotBlank String second,
        @NotNull @Valid ComparisonConfig config) {

    /** How latents of the two sides find each other. */
    public enum Kind {
        /** One to one, by the cosine of their directions: two SAEs of the same layer. Needs the weights of both. */
        SEEDS,
        /** Each with the one that fires most on the same examples: SAEs of two layers. */
        LAYERS
    }
}
