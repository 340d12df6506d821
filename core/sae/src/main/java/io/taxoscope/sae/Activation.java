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

    /** The k largest of pre, negative ones too. */
    record SignedTopK(int k) implements Activation {
        public SignedTopK {
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

    /**
     * The k largest of ReLU(pre) among the first {@code parents} latents, and of each one's {@code children} the largest of
     * ReLU(pre); the children of parent p are latents {@code parents + p children} and on.
     */
    record Hierarchical(int k, int parents, int children) implements Activation {
        public Hierarchical {
            if (k < 1 || k > parents || children < 2) {
                throw new IllegalArgumentException(
                        "no hierarchy: k " + k + " of " + parents + " parents with " + children + " children each");
            }
        }
    }

    /** Most latents that one example can activate. */
    default int most(int latents) {
        return switch (this) {
            case TopK topK -> topK.k();
            case SignedTopK topK -> topK.k();
            case Hierarchical hierarchical -> 2 * hierarchical.k();
            case Relu relu -> latents;
            case JumpRelu jumpRelu -> latents;
            case Gated gated -> latents;
        };
    }
}
