package io.taxoscope.api.taxonomy;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * How latents are related to each other and to the synsets.
 *
 * @param minF1 held-out F1 from which a latent stands for its best synset
 * @param latentsPerSynset latents that may stand for one synset, the best by F1
 * @param minSupport firings on the report half that a latent needs to be paired
 * @param minPositives examples on either half that a synset needs to be matched and probed
 * @param probeExamples most examples that one probe learns from
 * @param topImages images whose mean embedding is a latent's prototype
 * @param geometryPairs most latent pairs behind the rank correlation of distances
 * @param controlDraws draws behind each control
 * @param bootstrap resamples behind each confidence interval; 0 for none
 * @param seed decides draws, pairs and resamples
 */
public record RelationConfig(
        @DecimalMin("0") @DecimalMax("1") double minF1,
        @Positive @Max(100) int latentsPerSynset,
        @Positive @Max(1_000_000) int minSupport,
        @Min(2) @Max(1_000_000) int minPositives,
        @Min(100) @Max(100_000) int probeExamples,
        @Positive @Max(1000) int topImages,
        @Min(3) @Max(10_000_000) int geometryPairs,
        @Positive @Max(1000) int controlDraws,
        @PositiveOrZero @Max(10_000) int bootstrap,
        long seed) {
    public static final RelationConfig DEFAULT = new RelationConfig(0.1, 3, 10, 20, 2000, 10, 100_000, 20, 1000, 0);
}
