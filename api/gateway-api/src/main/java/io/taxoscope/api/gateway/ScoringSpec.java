package io.taxoscope.api.gateway;

import io.taxoscope.api.taxonomy.ScoringConfig;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/** A {@link ScoringConfig} in which everything may be left out. The seed is the experiment's. */
public record ScoringSpec(
        @Nullable @Min(2) @Max(1000) Integer topK,
        @Nullable @DecimalMin("0.5") @DecimalMax("1") Double robustShare,
        @Nullable @Positive @Max(100_000) Integer chanceDraws,
        @Nullable @PositiveOrZero @Max(100) Integer permutations,
        @Nullable @PositiveOrZero @Max(10_000) Integer bootstrap) {

    public ScoringConfig resolve(long seed) {
        var defaults = ScoringConfig.DEFAULT;
        return new ScoringConfig(
                topK == null ? defaults.topK() : topK,
                robustShare == null ? defaults.robustShare() : robustShare,
                chanceDraws == null ? defaults.chanceDraws() : chanceDraws,
                permutations == null ? defaults.permutations() : permutations,
                bootstrap == null ? defaults.bootstrap() : bootstrap,
                seed);
    }
}
