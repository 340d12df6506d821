package io.taxoscope.sae.kernel;

import io.taxoscope.sae.TrainingState;

/**
 * Weights in training, wherever the kernel keeps them. One thread calls it.
 *
 * <p>One step computes the {@link io.taxoscope.sae.Architecture}'s loss, its gradient, projects out of each decoder row's
 * gradient the part along that row, takes a step of the {@link io.taxoscope.sae.Optimizer} and
 * brings decoder rows back to unit norm.
 */
public interface TrainingSession extends AutoCloseable {
    /** Trains on {@code batch}, which came from the same kernel; its activations are multiplied with the state's input scale. */
    StepOutcome step(Batch batch, float learningRate);

    /** Latents that were not active in any of the last {@code examples} examples. */
    int latentsSilentFor(long examples);

    /** Least positive code of a batch under the current weights; 0 when there is none. Changes nothing. */
    double leastCode(Batch batch);

    /** A copy of everything that the next step depends on. */
    TrainingState snapshot();

    @Override
    void close();
}
