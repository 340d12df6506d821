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
    }
}
