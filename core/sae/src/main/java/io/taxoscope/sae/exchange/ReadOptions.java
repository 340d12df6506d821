package io.taxoscope.sae.exchange;

import org.jspecify.annotations.Nullable;

/**
 * What some layouts leave unsaid. An option that a file answers itself is refused, since it would have no effect.
 *
 * @param k latents that TOPK keeps
 * @param threshold of all latents, for JUMPRELU
 * @param inputScale factor that activations were multiplied with before this SAE was trained; it is folded into the weights
 */
public record ReadOptions(
        @Nullable Kind activation,
        @Nullable Integer k,
        @Nullable Double threshold,
        @Nullable Double inputScale) {
    public static final ReadOptions NONE = new ReadOptions(null, null, null, null);

    /** How codes are made sparse. */
    public enum Kind {
        RELU,
        TOPK,
        JUMPRELU
    }
}
