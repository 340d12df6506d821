package io.taxoscope.sae.kernel;

/**
 * What one step saw, before its update.
 *
 * @param meanSquaredError per element
 * @param auxLoss the auxiliary term without its coefficient; 0 when no latent is dead
 * @param l0 active latents per example
 */
public record StepOutcome(double meanSquaredError, double auxLoss, double l0) {}
