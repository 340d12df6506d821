package io.taxoscope.api.taxonomy;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * How latents are scored. Never compare scores of different {@code topK}: LCH height grows with it by chance alone.
 *
 * @param topK images that stand for a latent; a latent that fires on fewer is not eligible
 * @param robustShare share of those images that the robust LCH must cover
 * @param chanceDraws random image sets behind each chance level
 * @param permutations relabelled copies of the dataset behind the permuted-label control; 0 for none
 * @param bootstrap resamples behind each confidence interval; 0 for none
 * @param seed decides draws, permutations and resamples
 */
public record ScoringConfig(
        @Min(2) @Max(1000) int topK,
        @DecimalMin("0.5") @DecimalMax("1") double robustShare,
        @Positive @Max(100_000) int chanceDraws,
        @PositiveOrZero @Max(100) int permutations,
        @PositiveOrZero @Max(10_000) int bootstrap,
        long seed) {
    public static final ScoringConfig DEFAULT = new ScoringConfig(10, 0.9, 3000, 1, 1000, 0);
}
