package io.taxoscope.api.taxonomy;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.Map;

/**
 * @param codes hash of the codes' manifest in the store
 * @param dataset hash of the dataset's manifest in the store
 * @param labels label of the dataset to wnid, complete
 */
public record CreateScoring(
        @NotBlank String codes,
        @NotBlank String dataset,
        @NotEmpty Map<@NotBlank String, @NotBlank String> labels,
        @NotNull @Valid ScoringConfig config) {}
