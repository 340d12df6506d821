package io.taxoscope.taxonomy.scoring;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Scores of one latent; nodes are those of the taxonomy.
 *
 * @param nActive examples with a value above 0
 * @param maxActivation its strongest value; 0 when silent
 * @param eligible whether it is active on at least {@code topK} examples; without it there is neither LCH nor best
 *     synset
 * @param classEntropy nats; absent below {@link LatentScorer#MIN_FOR_ENTROPY} active examples
 */
public record LatentScore(
        int latent,
        int nActive,
        float maxActivation,
        boolean eligible,
        OptionalInt lch,
        OptionalInt robustLch,
        @Nullable BestSynset best,
        @Nullable Double classEntropy) {}
