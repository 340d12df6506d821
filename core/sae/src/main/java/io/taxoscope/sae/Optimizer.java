package io.taxoscope.sae;

/**
 * How a gradient becomes a step. With a unit-norm decoder the part of a decoder row's gradient along the row is taken out
 * first; the norm that clipping looks at is that of all parameters' gradients together, after it.
 *
 * @param maxGradientNorm longer gradients are shortened to it; infinite for no clipping
 */
public record Optimizer(Rule rule, float maxGradientNorm) {
    /** Adam without clipping. */
    public static final Optimizer ADAM = new Optimizer(new Rule.Adam(), Float.POSITIVE_INFINITY);

    public Optimizer {
        if (!(maxGradientNorm > 0)) {
            throw new IllegalArgumentException("maxGradientNorm must be positive: " + maxGradientNorm);
        }
        if (rule instanceof Rule.Signum signum && signum.momentum() == 0 && Float.isFinite(maxGradientNorm)) {
            throw new IllegalArgumentException(
                    "clipping has no effect on signum without momentum, which knows signs alone; leave it out");
        }
        if (rule instanceof Rule.Muon && Float.isFinite(maxGradientNorm)) {
            throw new IllegalArgumentException(
                    "Muon gives every step of a matrix the same size whatever its gradient's; leave clipping out");
        }
    }

    /** Whether a step needs the gradients of whole matrices, not row by row. */
    public boolean needsMatrices() {
        return rule instanceof Rule.Muon;
    }

    public boolean clips() {
        return Float.isFinite(maxGradientNorm);
    }

    /** The update of a parameter from its gradient. */
    public sealed interface Rule {
        /** Kingma and Ba 2015, algorithm 1; beta 0.9 and 0.999, epsilon 1e-8. */
        record Adam() implements Rule {}

        /** Adam after {@code w = (1 - learningRate weightDecay) w} (Loshchilov and Hutter 2019, algorithm 2). */
        record AdamW(float weightDecay) implements Rule {
            public AdamW {
                if (!(weightDecay > 0) || !Float.isFinite(weightDecay)) {
                    throw new IllegalArgumentException(
                            "weightDecay must be positive: " + weightDecay + "; without decay AdamW is Adam");
                }
            }
        }

        /** {@code m = momentum m + (1 - momentum) g}, {@code w -= learningRate sign(m)} (Bernstein et al. 2018). */
        record Signum(float momentum) implements Rule {
            public Signum {
                if (!(momentum >= 0 && momentum < 1)) {
                    throw new IllegalArgumentException("momentum must be at least 0 and below 1: " + momentum);
                }
            }
        }

        /**
         * Momentum, made orthogonal, for both weight matrices; {@link Adam} with the same learning rate for biases and all
         * else (Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks"; Liu et al. 2025, arXiv
         * 2502.16982). With {@code m = momentum m + (1 - momentum) g} and Nesterov's {@code u = (1 - momentum) g + momentum
         * m}, five Newton-Schulz iterations {@code x = 3.4445 x - 4.7750 (x x') x + 2.0315 (x x')² x} from {@code u / |u|}
         * bring u's singular values near 1, and {@code w = (1 - learningRate weightDecay) w - 0.2 sqrt(max(rows, columns))
         * learningRate x}. The last factor makes a step as large as Adam's usual one and does not care which of its sides a
         * matrix is stored by ({@code adjust_lr_fn="match_rms_adamw"} of {@code torch.optim.Muon}).
         *
         * @param weightDecay of the matrices; 0 for none
         */
        record Muon(float momentum, float weightDecay) implements Rule {
            public Muon {
                if (!(momentum >= 0 && momentum < 1) || !(weightDecay >= 0) || !Float.isFinite(weightDecay)) {
                    throw new IllegalArgumentException(
                            "momentum must be at least 0 and below 1, weightDecay at least 0: " + momentum + ", "
                                    + weightDecay);
                }
            }
        }
    }
}
