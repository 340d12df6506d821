package io.taxoscope.sae.kernel;

/**
 * What one step saw, before its update.
 *
 * @param meanSquaredError of the whole reconstruction, per element
 * @param auxLoss AuxK without its coefficient; 0 when no latent is dead
 * @param l0 active latents per example
 * @param objective everything that the step's gradient is of: the reconstruction error, averaged over nested
 *     reconstructions where there are several, the penalty, and AuxK
 */
public record StepOutcome(double meanSquaredError, double auxLoss, double l0, double objective) {}
