package io.taxoscope.sae;

/** How a trained SAE turns pre-activations into codes. */
public sealed interface Activation {
    /** The k largest of ReLU(pre). */
    record TopK(int k) implements Activation {
        public TopK {
            if (k < 1) {
                throw new IllegalArgumentException("k must be positive: " + k);
            }
        }
    }

    record Relu() implements Activation {}

    /** {@code pre where pre > theta}; theta is the weights' {@link Parameters#THRESHOLD}. */
    record JumpRelu() implements Activation {}

    /** {@code ReLU(mag) where pre > 0}, with the weights' {@link Parameters#R_MAG} and {@link Parameters#B_MAG}. */
    record Gated() implements Activation {}

    /** Most latents that one example can activate. */
    default int most(int latents) {
        return this instanceof TopK topK ? topK.k() : latents;
    }
}
