package io.taxoscope.api.taxonomy;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param codes hash of the codes' manifest in the store
 * @param dataset hash of the dataset's manifest in the store
 * @param labels label of the dataset to node of the taxonomy (in WordNet a wnid), complete
 * @param taxonomy id of the taxonomy; WordNet 3.0 when absent
 */
public record CreateScoring(
        @NotBlank String codes,
        @NotBlank String dataset,
        @NotEmpty Map<@NotBlank String, @NotBlank String> labels,
        @NotNull @Valid ScoringConfig config,
        @Nullable String taxonomy) {
    /** Against WordNet. */
    public CreateScoring(String codes, String dataset, Map<String, String> labels, ScoringConfig config) {
        this(codes, dataset, labels, config, null);
    }
}
