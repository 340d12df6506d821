package io.taxoscope.sae.training;

/**
 * Where training stands after a step, measured on that step's batch before its update.
 *
 * @param step finished steps
 * @param loss mean squared error per element, in the activations' own units
 * @param fvu squared error over the batch's squared distance from its mean; NaN when the batch does not vary
 * @param l0 active latents per example
 * @param deadFraction latents silent for AuxK's dead window or, without AuxK, for one epoch
 * @param learningRate rate of the step
 * @param validationFvu of the held-out examples when they were measured last; NaN before, and without early stopping
 */
public record CurvePoint(
        int step, double loss, double fvu, double l0, double deadFraction, double learningRate, double validationFvu) {}
