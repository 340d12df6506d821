package io.taxoscope.sae;

/** Everything that decides how training goes on; training resumed from it gives the same bits as if it had not stopped. */
public final class TrainingState {
    private final Parameters weights;
    private final Parameters firstMoments;
    private final Parameters secondMoments;
    private final long[] silentFor_s;
    private final float inputScale;
    private final int step;

    /**
     * @param silentFor_s examples seen since each latent was last active
     * @param inputScale factor that activations were multiplied with before they met these weights
     * @param step finished optimiser steps
     */
    public TrainingState(
            Parameters weights,
            Parameters firstMoments,
            Parameters secondMoments,
            long[] silentFor_s,
            float inputScale,
            int step) {
        if (silentFor_s.length != weights.shape().latents()) {
            throw new IllegalArgumentException("one silence counter per latent, not " + silentFor_s.length);
        }
        this.weights = weights;
        this.firstMoments = firstMoments;
        this.secondMoments = secondMoments;
        this.silentFor_s = silentFor_s;
        this.inputScale = inputScale;
        this.step = step;
    }

    /** The state before the first step. */
    public static TrainingState initial(Parameters weights, float inputScale) {
        Shape shape = weights.shape();
        return new TrainingState(
                weights, Parameters.zeros(shape), Parameters.zeros(shape), new long[shape.latents()], inputScale, 0);
    }

    public Parameters weights() {
        return weights;
    }

    public Parameters firstMoments() {
        return firstMoments;
    }

    public Parameters secondMoments() {
        return secondMoments;
    }

    public long[] silentFor_s() {
        return silentFor_s;
    }

    public float inputScale() {
        return inputScale;
    }

    public int step() {
        return step;
    }

    /**
     * The weights for activations as they are. With inputs scaled by c, {@code ReLU(w (c x - b) + a) / c = ReLU(w (x -
     * b/c) + a/c)}, so dividing both biases by c is all there is to do, and the decoder keeps its norm.
     */
    public Parameters exportedWeights() {
        Parameters exported = weights.copy();
        divide(exported.bEnc_s(), inputScale);
        divide(exported.bDec_d(), inputScale);
        return exported;
    }

    private static void divide(float[] values, float divisor) {
        for (int i = 0; i < values.length; i++) {
            values[i] /= divisor;
        }
    }
}
