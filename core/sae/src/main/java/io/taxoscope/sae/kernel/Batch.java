package io.taxoscope.sae.kernel;

import io.taxoscope.sae.ActivationSource;

/**
 * Activations that a step trains on, where the kernel that made the batch keeps them: in the heap today, in a device's
 * memory for a kernel that computes there. They are as their source has them; each {@link TrainingSession} applies its
 * own input scale, so that all sessions of a kernel can train on one batch. One thread fills it, between steps.
 */
public sealed interface Batch permits HostBatch {
    /** Examples that it holds, in rows of {@link #width()} numbers. */
    int examples();

    int width();

    /** Replaces the content by {@code rows} of {@code source}, in that order; at most as many as there is room for. */
    void fill(ActivationSource source, int[] rows);

    /** {@code sum_b |x_b - mean|²}, in float64. */
    double variance();
}
