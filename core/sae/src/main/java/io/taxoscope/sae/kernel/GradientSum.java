package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Parameters;

/**
 * A batch's gradient as it adds up, term by term, and what every term looks at. {@code unit} is {@code 1/(n d)}, the factor
 * of the loss; codes hold the active latents and what else a term wants listed, with value 0.
 */
final class GradientSum {
    final StepSettings settings;
    final Parameters weights;
    final Silence silence;
    final int n;
    final int width;
    final int latents;
    final double unit;
    final Parameters total;
    /** In float64, because it adds up over all codes of all examples. */
    final double[] bDecTotal_d;

    final float[][] pre_bs;
    /** {@code x̂ - x} of the whole reconstruction. */
    final float[][] error_bd;

    final Codes codes;
    double objective;
    private final float[] x_bd;

    GradientSum(StepSettings settings, Parameters weights, Silence silence, float[] x_bd, int n) {
        this.settings = settings;
        this.weights = weights;
        this.silence = silence;
        this.x_bd = x_bd;
        this.n = n;
        this.width = weights.shape().width();
        this.latents = weights.shape().latents();
        this.unit = 1 / ((double) n * width);
        this.total = Parameters.zerosLike(weights);
        this.bDecTotal_d = new double[width];
        this.pre_bs = new float[n][];
        this.error_bd = new float[n][];
        this.codes = Codes.ragged(n);
        for (int example = 0; example < n; example++) {
            pre_bs[example] = ReferenceEncoding.preActivations(weights, encoderInput(example));
        }
    }

    /** {@code x - b_dec}. */
    float centred(int example, int i) {
        return x_bd[example * width + i] - weights.bDec_d()[i];
    }

    float wDec(int latent, int i) {
        return weights.wDec_sd()[latent * width + i];
    }

    /** A decoder row's norm; a constant 1 when it is kept at 1. */
    double norm(int latent) {
        if (settings.decoder().isUnitNorm()) {
            return 1;
        }
        double square = 0;
        for (int i = 0; i < width; i++) {
            square += (double) wDec(latent, i) * wDec(latent, i);
        }
        return Math.sqrt(square);
    }

    /** Adds {@code coefficient value |w_dec|} to the penalty; returns its gradient with respect to the value. */
    double addNormPenalty(float coefficient, int latent, double value) {
        double norm = norm(latent);
        objective += unit * coefficient * value * norm;
        addNormGradient(latent, unit * coefficient * value);
        return unit * coefficient * norm;
    }

    /** The gradient of {@code factor |w_dec|}; a unit norm is a constant. */
    void addNormGradient(int latent, double factor) {
        if (!settings.decoder().isUnitNorm()) {
            double norm = norm(latent);
            for (int i = 0; i < width; i++) {
                total.wDec_sd()[latent * width + i] += (float) (factor * wDec(latent, i) / norm);
            }
        }
    }

    /** Adds what a pre-activation's gradient does to the encoder, its bias and the bias subtracted before it. */
    void addThroughEncoder(int example, int latent, double preGradient) {
        addThroughProduct(example, latent, preGradient);
        total.bEnc_s()[latent] += (float) preGradient;
    }

    /** The same without the encoder's bias. */
    void addThroughProduct(int example, int latent, double preGradient) {
        int row = latent * width;
        for (int i = 0; i < width; i++) {
            total.wEnc_sd()[row + i] += (float) (preGradient * encoderInput(example, i));
            if (settings.preEncoderBias()) {
                bDecTotal_d[i] -= preGradient * weights.wEnc_sd()[row + i];
            }
        }
    }

    private float encoderInput(int example, int i) {
        return settings.preEncoderBias() ? centred(example, i) : x_bd[example * width + i];
    }

    private float[] encoderInput(int example) {
        float[] input_d = new float[width];
        for (int i = 0; i < width; i++) {
            input_d[i] = encoderInput(example, i);
        }
        return input_d;
    }
}
