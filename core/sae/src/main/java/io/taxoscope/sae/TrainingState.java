package io.taxoscope.sae;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Everything that decides how training goes on; training resumed from it gives the same bits as if it had not stopped. */
public final class TrainingState {
    private final Parameters weights;
    private final Parameters firstMoments;
    private final Parameters secondMoments;
    private final long[] silentFor_s;
    private final float inputScale;
    private final int step;
    private final double threshold;
    private final boolean preEncoderBias;
    private final @Nullable Standardiser standardiser;

    /**
     * @param silentFor_s examples seen since each latent was last active
     * @param inputScale factor that activations were multiplied with before they met these weights
     * @param step finished optimiser steps
     * @param threshold moving average of the batches' least codes; NaN before the first and for architectures without
     */
    public TrainingState(
            Parameters weights,
            Parameters firstMoments,
            Parameters secondMoments,
            long[] silentFor_s,
            float inputScale,
            int step,
            double threshold) {
        this(weights, firstMoments, secondMoments, silentFor_s, inputScale, step, threshold, true, null);
    }

    private TrainingState(
            Parameters weights,
            Parameters firstMoments,
            Parameters secondMoments,
            long[] silentFor_s,
            float inputScale,
            int step,
            double threshold,
            boolean preEncoderBias,
            @Nullable Standardiser standardiser) {
        if (silentFor_s.length != weights.shape().latents()) {
            throw new IllegalArgumentException("one silence counter per latent, not " + silentFor_s.length);
        }
        this.weights = weights;
        this.firstMoments = firstMoments;
        this.secondMoments = secondMoments;
        this.silentFor_s = silentFor_s;
        this.inputScale = inputScale;
        this.step = step;
        this.threshold = threshold;
        this.preEncoderBias = preEncoderBias;
        this.standardiser = standardiser;
    }

    /** A state without a threshold. */
    public TrainingState(
            Parameters weights,
            Parameters firstMoments,
            Parameters secondMoments,
            long[] silentFor_s,
            float inputScale,
            int step) {
        this(weights, firstMoments, secondMoments, silentFor_s, inputScale, step, Double.NaN);
    }

    /** The state before the first step. */
    public static TrainingState initial(Parameters weights, float inputScale) {
        return new TrainingState(
                weights,
                Parameters.zerosLike(weights),
                Parameters.zerosLike(weights),
                new long[weights.shape().latents()],
                inputScale,
                0);
    }

    /** The same state with another threshold. */
    public TrainingState withThreshold(double threshold) {
        return with(threshold, preEncoderBias, standardiser);
    }

    /** The same state of a training that does not subtract {@code b_dec} before the encoder, or does. */
    public TrainingState withPreEncoderBias(boolean preEncoderBias) {
        return with(threshold, preEncoderBias, standardiser);
    }

    /** The same state of a training on activations that went through {@code standardiser}. */
    public TrainingState withStandardiser(@Nullable Standardiser standardiser) {
        return with(threshold, preEncoderBias, standardiser);
    }

    private TrainingState with(double threshold, boolean preEncoderBias, @Nullable Standardiser standardiser) {
        return new TrainingState(
                weights,
                firstMoments,
                secondMoments,
                silentFor_s,
                inputScale,
                step,
                threshold,
                preEncoderBias,
                standardiser);
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

    public double threshold() {
        return threshold;
    }

    /**
     * The weights for activations as they are. With inputs scaled by c, {@code ReLU(w (c x - b) + a) / c = ReLU(w (x -
     * b/c) + a/c)}, so dividing biases and thresholds by c is all there is to do, and the decoder keeps its norm. A
     * threshold that training followed or moved becomes the parameter {@link Parameters#THRESHOLD}. Exported weights always
     * subtract {@code b_dec} before the encoder: where training did not, {@code w_enc x + a = w_enc (x - b) + (a + w_enc b)}.
     * A {@link Standardiser} is folded in last.
     */
    public Parameters exportedWeights() {
        Parameters exported = weights.withoutFactors().copy();
        if (!preEncoderBias) {
            restoreInputBias(exported);
        }
        divide(exported.bEnc_s(), inputScale);
        divide(exported.bDec_d(), inputScale);
        if (standardiser != null) {
            standardiser.foldInto(exported);
        }
        if (exported.perLatentNames().contains(Parameters.B_MAG)) {
            divide(exported.perLatent_s(Parameters.B_MAG), inputScale);
        }
        if (exported.perLatentNames().contains(Parameters.THRESHOLD)) {
            divide(exported.perLatent_s(Parameters.THRESHOLD), inputScale);
        }
        if (exported.perLatentNames().contains(Parameters.LOG_THRESHOLD)) {
            float[] threshold_s = exported.perLatent_s(Parameters.LOG_THRESHOLD);
            for (int latent = 0; latent < threshold_s.length; latent++) {
                threshold_s[latent] = (float) (Math.exp(threshold_s[latent]) / inputScale);
            }
            return exported.without(Parameters.LOG_THRESHOLD).with(Parameters.THRESHOLD, threshold_s);
        }
        if (!Double.isNaN(threshold)) {
            float[] threshold_s = new float[weights.shape().latents()];
            Arrays.fill(threshold_s, (float) (threshold / inputScale));
            return exported.with(Parameters.THRESHOLD, threshold_s);
        }
        return exported;
    }

    private static void restoreInputBias(Parameters weights) {
        int width = weights.shape().width();
        for (int latent = 0; latent < weights.shape().latents(); latent++) {
            double product = 0;
            for (int i = 0; i < width; i++) {
                product += (double) weights.wEnc_sd()[latent * width + i] * weights.bDec_d()[i];
            }
            weights.bEnc_s()[latent] += (float) product;
            if (weights.perLatentNames().contains(Parameters.B_MAG)) {
                double factor = StrictMath.exp(weights.perLatent_s(Parameters.R_MAG)[latent]);
                weights.perLatent_s(Parameters.B_MAG)[latent] += (float) (factor * product);
            }
        }
    }

    private static void divide(float[] values, float divisor) {
        for (int i = 0; i < values.length; i++) {
            values[i] /= divisor;
        }
    }
}
