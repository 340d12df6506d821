package io.taxoscope.sae.training;

/**
 * Ends a training that no longer gains. The FVU of examples that are held out of the training is measured every few
 * steps, as an encoding with the weights of that moment would measure it; after {@code patience} measurements in a row
 * that are no better than the best one by {@code minImprovement}, the training is done and keeps the weights that it has.
 *
 * @param validationExamples examples held out
 * @param everySteps steps between measurements
 * @param patience measurements without an improvement
 * @param minImprovement by how much an FVU must fall below the best one to count
 */
public record EarlyStopping(int validationExamples, int everySteps, int patience, double minImprovement) {
    public EarlyStopping {
        if (validationExamples < 2 || everySteps < 1 || patience < 1) {
            throw new IllegalArgumentException("early stopping needs at least 2 examples, 1 step and 1 measurement: "
                    + validationExamples + ", " + everySteps + ", " + patience);
        }
        if (!(minImprovement >= 0) || !Double.isFinite(minImprovement)) {
            throw new IllegalArgumentException("minImprovement must not be negative: " + minImprovement);
        }
    }

    boolean isDue(int step) {
        return step % everySteps == 0;
    }

    /** Whether a training that stands at {@code step} has waited long enough. */
    boolean isOver(Validation validation, int step) {
        return step / everySteps - validation.bestStep() / everySteps >= patience && validation.bestStep() > 0;
    }
}
