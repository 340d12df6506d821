package io.taxoscope.sae;

/** What keeps a {@link Architecture.JumpRelu}'s codes sparse. */
public sealed interface JumpPenalty {
    float coefficient();

    /** {@code coefficient L0} with {@code L0 = sum_s H(pre_s - theta_s)}: Rajamanoharan et al. 2024, arXiv 2407.14435, eq. 9. */
    record L0(float coefficient) implements JumpPenalty {
        public L0 {
            Architecture.requirePositive("coefficient", coefficient);
        }
    }

    /** {@code coefficient (L0 / target - 1)²}, for each example (the same paper, appendix on a fixed sparsity). */
    record TargetL0(float coefficient, float target) implements JumpPenalty {
        public TargetL0 {
            Architecture.requirePositive("coefficient", coefficient);
            Architecture.requirePositive("target", target);
        }
    }

    /**
     * {@code coefficient sum_s tanh(scale z_s |w_dec_s|)}: Conerly et al. 2025, "Circuits Updates: January"; moves weights
     * as well.
     */
    record Tanh(float coefficient, float scale) implements JumpPenalty {
        public Tanh {
            Architecture.requirePositive("coefficient", coefficient);
            Architecture.requirePositive("scale", scale);
        }
    }
}
