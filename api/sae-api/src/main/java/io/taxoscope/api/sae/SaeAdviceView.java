package io.taxoscope.api.sae;

import java.util.List;

/**
 * What the activations say about a training before it is started.
 *
 * @param nExamples in the shard set
 * @param sampled evenly spaced examples that the numbers are taken over
 * @param gamma length of the mean over the length of the standard deviation, {@code |mu| / |sigma|}. Far above 1, latents
 *     that look away from the mean never fire unless it is taken off first
 * @param participationRatio {@code (sum lambda)² / sum lambda²} of the covariance's eigenvalues: how many directions vary
 * @param entropyRank {@code exp(-sum p ln p)} with {@code p = lambda / sum lambda} (Roy and Vetterli 2007): likewise
 * @param greatestShare of the variance along the first principal direction
 * @param forecast of dead latents
 * @param advice what to change; empty when nothing speaks against the configuration
 */
public record SaeAdviceView(
        int nExamples,
        int sampled,
        double gamma,
        double participationRatio,
        double entropyRank,
        double greatestShare,
        Forecast forecast,
        List<Advice> advice) {
    /**
     * Latents that no example activates under the initial weights. AuxK revives some; without it most stay as they are.
     *
     * @param examples that were encoded
     * @param dead share with the configuration's {@code decoderBias}
     * @param deadUncentred share with {@code b_dec = 0}: what centring saves is the difference
     */
    public record Forecast(int examples, int latents, double dead, double deadUncentred) {}

    /** @param field of the configuration */
    public record Advice(String field, String message) {}
}
