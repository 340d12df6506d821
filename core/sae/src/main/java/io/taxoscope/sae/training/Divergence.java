package io.taxoscope.sae.training;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.sae.SaeError;
import io.taxoscope.sae.TrainingState;
import io.taxoscope.sae.kernel.StepOutcome;

/**
 * When a training is lost. Inputs are scaled so that a mean squared error of 1 is that of the starting bias alone; L0 unit
 * rows with codes no longer than the input reach {@code (1 + L0)²} at most. An error far above that comes from weights that
 * grow without bound, even while it is still a number. Without a scale there is no such measure. The answer has the step, the cause and what to change.
 */
final class Divergence {
    private static final double FAR_ABOVE = 1e4;

    private Divergence() {}

    /** @param step that has just been taken, counted from 1 */
    static void check(StepOutcome outcome, int step, double learningRate, InputScale scale) {
        double error = outcome.meanSquaredError();
        if (!Double.isFinite(outcome.objective()) || !Double.isFinite(error)) {
            throw diverged(
                    "the loss of step %d is %s (mean squared error %s): the activations are finite, so the weights have"
                            .formatted(step, outcome.objective(), error),
                    learningRate);
        }
        if (scale != InputScale.NONE && error > FAR_ABOVE * (1 + outcome.l0()) * (1 + outcome.l0())) {
            throw diverged(
                    "the mean squared error of step %d is %.3g times that of the starting bias alone: the weights have"
                            .formatted(step, error),
                    learningRate);
        }
    }

    /** A step measures what it found, so that what the last one has done shows in the weights alone. */
    static void check(TrainingState state, double learningRate) {
        if (!state.weights().allFinite()) {
            throw diverged(
                    "weights after step %d are NaN or infinite: they have".formatted(state.step()), learningRate);
        }
    }

    private static TaxoscopeException diverged(String what, double learningRate) {
        return new TaxoscopeException(
                SaeError.TRAINING_DIVERGED,
                what + " grown without bound at learning rate " + learningRate
                        + "; lower it, lengthen the warm-up or set optimizer.maxGradientNorm, and train anew");
    }
}
