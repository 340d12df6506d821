package io.taxoscope.sae;

/**
 * Pulls dead latents of a {@link Architecture.JumpRelu} back to their thresholds: {@code penalty += coefficient sum_s
 * ReLU(theta_s - pre_s) |w_dec_s|} over the dead (Conerly et al. 2025, "Circuits Updates: January", there over all latents;
 * SAELens takes the dead alone).
 *
 * @param deadAfterExamples a latent is dead when it was silent over the last this many examples
 */
public record PreActivationLoss(float coefficient, long deadAfterExamples) {
    public PreActivationLoss {
        Architecture.requirePositive("coefficient", coefficient);
        if (deadAfterExamples < 1) {
            throw new IllegalArgumentException("deadAfterExamples must be positive: " + deadAfterExamples);
        }
    }
}
