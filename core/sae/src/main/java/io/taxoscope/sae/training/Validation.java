package io.taxoscope.sae.training;

/**
 * What early stopping has measured on the held-out examples so far.
 *
 * @param fvu of the last measurement; NaN before the first
 * @param bestFvu that later ones must fall below; infinite before the first
 * @param bestStep where it was measured; 0 before the first
 */
public record Validation(double fvu, double bestFvu, int bestStep) {
    public static final Validation NONE = new Validation(Double.NaN, Double.POSITIVE_INFINITY, 0);

    Validation with(double measured, int step, double minImprovement) {
        boolean isBetter = bestStep == 0 || measured < bestFvu - minImprovement;
        return new Validation(measured, isBetter ? measured : bestFvu, isBetter ? step : bestStep);
    }
}
