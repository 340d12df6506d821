package io.taxoscope.sae.kernel;

import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.Shape;
import java.util.Arrays;

/** AuxK's part of a step: which latents are dead, their codes, and the residual that they fail to reconstruct. */
final class DeadRevival {
    private final AuxK auxK;
    private final Shape shape;
    private final int stride;
    private final Codes codes;
    private final CodesByLatent byLatent;
    private final float[] deadMask_s;
    private final float[] error_bd;
    private final float[] valueGradient_bk;
    private final double[] squaredError_c;
    private final float[] biasGradient_d;
    private int dead;

    DeadRevival(AuxK auxK, Shape shape, int maxBatch, int stride) {
        this.auxK = auxK;
        this.shape = shape;
        this.stride = stride;
        int maxCodes = Math.multiplyExact(maxBatch, Math.min(auxK.kAux(), shape.latents()));
        this.codes = new Codes(maxBatch, kAux());
        this.byLatent = new CodesByLatent(shape.latents(), false);
        this.deadMask_s = new float[Lanes.roundUp(shape.latents(), Lanes.PANEL)];
        this.error_bd = new float[Math.multiplyExact(maxBatch, stride)];
        this.valueGradient_bk = new float[maxCodes];
        this.squaredError_c = new double[FusedEncoder.blocks(maxBatch)];
        this.biasGradient_d = new float[stride];
    }

    float coefficient() {
        return auxK.coefficient();
    }

    int kAux() {
        return Math.min(auxK.kAux(), shape.latents());
    }

    /** Fixes who is dead in this step. */
    void markDead(Silence silence) {
        dead = 0;
        Arrays.fill(deadMask_s, Float.NEGATIVE_INFINITY);
        for (int latent = 0; latent < shape.latents(); latent++) {
            if (silence.dead(latent, auxK)) {
                deadMask_s[latent] = 0;
                dead++;
            }
        }
        Arrays.fill(squaredError_c, 0);
    }

    /** Whether any latent is dead. */
    boolean active() {
        return dead > 0;
    }

    Codes codes() {
        return codes;
    }

    float[] deadMask_s() {
        return deadMask_s;
    }

    /** {@code ê - (x - x̂)}, padded rows. */
    float[] error_bd() {
        return error_bd;
    }

    CodesByLatent byLatent() {
        return byLatent;
    }

    /** The gradient of {@code b_dec} where it takes part, otherwise zeros; padded. */
    float[] biasGradient_d() {
        return biasGradient_d;
    }

    /** Reconstructs one example's residual from its dead latents; returns the squared error. */
    double reconstruct(Decoder decoder, PaddedParameters weights, float[] mainError, int mainAt, int b) {
        int at = b * stride;
        System.arraycopy(mainError, mainAt, error_bd, at, stride);
        if (auxK.withBias()) {
            Rows.add(weights.bDec_d, 0, error_bd, at, stride);
        }
        decoder.addTo(codes, b, error_bd, at);
        decoder.valueGradients(codes, b, error_bd, at, valueGradient_bk);
        return Rows.dot(error_bd, at, error_bd, at, stride);
    }

    void setSquaredError(int block, double squares) {
        squaredError_c[block] = squares;
    }

    /** Scales the gradients by the loss's normaliser, known once the batch is through; returns the loss. */
    double finish(double residualVariance, int n, ErrorRows errors) {
        double normaliser = auxK.normaliser(residualVariance, (double) n * shape.width());
        Arrays.fill(biasGradient_d, 0);
        if (!active() || normaliser == 0) {
            dead = 0;
            byLatent.clear();
            return 0;
        }
        float scale = (float) (2.0 * auxK.coefficient() / normaliser);
        byLatent.fill(codes, n, valueGradient_bk, scale, errors);
        for (int b = 0; b < n && auxK.withBias(); b++) {
            Rows.addScaled(scale, error_bd, b * stride, biasGradient_d, 0, stride);
        }
        return VectorTraining.sum(squaredError_c, FusedEncoder.blocks(n)) / normaliser;
    }
}
