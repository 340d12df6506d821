package io.taxoscope.api.taxonomy;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * @param minF1 held-out F1 from which a latent stands for its best synset
 * @param minSupport examples on which a latent must fire to take part
 * @param controlDraws draws behind each control
 * @param bootstrap resamples behind each confidence interval; 0 for none
 * @param seed decides draws and resamples
 */
public record ComparisonConfig(
        @DecimalMin("0") @DecimalMax("1") double minF1,
        @Positive @Max(1_000_000) int minSupport,
        @Positive @Max(1000) int controlDraws,
        @PositiveOrZero @Max(10_000) int bootstrap,
        long seed) {
    public static final ComparisonConfig DEFAULT = new ComparisonConfig(0.1, 10, 20, 1000, 0);
}
