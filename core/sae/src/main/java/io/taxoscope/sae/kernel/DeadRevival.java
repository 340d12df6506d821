package io.taxoscope.sae.kernel;

import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * AuxK's part of a step: which latents are dead, their codes, and the residual that they fail to reconstruct. Of the dead
 * many are chosen, so that products with all of them are usually faster than gathering the chosen ones' rows.
 */
final class DeadRevival {
    /** Dead latents whose gradients are computed together. */
    private static final int CHUNK = 96;

    private final AuxK auxK;
    private final Shape shape;
    private final int stride;
    private final double denseFrom;
    private final DenseDecoder denseDecoder;
    private final @Nullable DenseSums[] sums_w;
    private final List<DenseRows> gradients = new ArrayList<>();
    private final Codes codes;
    private final CodesByLatent byLatent;
    private final float[] deadMask_s;
    private final int[] dead_i;
    private final int[] place_s;
    /** {@code ê - (x - x̂)}, padded rows. */
    private final float[] error_bd;

    private final float[] valueGradient_bk;
    private final double[] squaredError_c;
    private final float[] biasGradient_d;
    private int dead;
    /** Whether products with all dead latents may pay. */
    private boolean dense;
    /** Whether they pay for this batch's gradients. */
    private boolean denseGradients;

    DeadRevival(AuxK auxK, float[] wDec_sd, Shape shape, int maxBatch, int threads, double denseFrom) {
        this.auxK = auxK;
        this.shape = shape;
        this.stride = wDec_sd.length / shape.latents();
        this.denseFrom = denseFrom;
        this.denseDecoder = new DenseDecoder(wDec_sd, shape.latents(), stride, threads);
        this.sums_w = new DenseSums[threads];
        this.dead_i = new int[shape.latents()];
        this.place_s = new int[shape.latents()];
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
    void markDead(Workers workers, Silence silence) {
        dead = 0;
        Arrays.fill(deadMask_s, Float.NEGATIVE_INFINITY);
        for (int latent = 0; latent < shape.latents(); latent++) {
            if (silence.dead(latent, auxK)) {
                deadMask_s[latent] = 0;
                place_s[latent] = dead;
                dead_i[dead++] = latent;
            }
        }
        Arrays.fill(squaredError_c, 0);
        dense = active() && Math.min(kAux(), dead) >= denseFrom * dead;
        if (dense) {
            denseDecoder.prepare(workers, dead_i, dead);
        }
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

    CodesByLatent byLatent() {
        return byLatent;
    }

    /** The gradient of {@code b_dec} where it takes part, otherwise zeros; padded. */
    float[] biasGradient_d() {
        return biasGradient_d;
    }

    /** Keeps one example's error, which dead latents are to reconstruct. */
    void keepResidual(float[] mainError, int mainAt, float[] bDec_d, int b) {
        int at = b * stride;
        System.arraycopy(mainError, mainAt, error_bd, at, stride);
        if (auxK.withBias()) {
            Rows.add(bDec_d, 0, error_bd, at, stride);
        }
    }

    /** Reconstructs a block's residuals from its dead latents. */
    void reconstruct(int worker, Decoder decoder, int block, int first, int rows) {
        if (!active()) {
            return;
        }
        boolean many = many(first, rows);
        if (many) {
            denseDecoder.addTo(worker, codes, codes.values(), first, rows, error_bd, first * stride);
            denseDecoder.valueGradients(worker, codes, first, rows, error_bd, first * stride, valueGradient_bk);
        }
        double squares = 0;
        for (int b = first; b < first + rows; b++) {
            int at = b * stride;
            if (!many) {
                decoder.addTo(codes, b, error_bd, at);
                decoder.valueGradients(codes, b, error_bd, at, valueGradient_bk);
            }
            squares += Rows.dot(error_bd, at, error_bd, at, stride);
        }
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
        denseGradients = many(0, n);
        float scale = (float) (2.0 * auxK.coefficient() / normaliser);
        byLatent.fill(codes, n, valueGradient_bk, scale, errors);
        for (int b = 0; b < n && auxK.withBias(); b++) {
            Rows.addScaled(scale, error_bd, b * stride, biasGradient_d, 0, stride);
        }
        return VectorTraining.sum(squaredError_c, FusedEncoder.blocks(n)) / normaliser;
    }

    /** Whether these examples' codes are so many that dense products are faster than gathering rows. */
    private boolean many(int first, int rows) {
        long total = 0;
        for (int b = first; b < first + rows; b++) {
            total += codes.active(b);
        }
        return dense && total >= denseFrom * rows * dead;
    }

    /** Before an update, once {@link #finish} has scaled the gradients. */
    void prepareGradients(Workers workers, int n, float[] centred_bd) {
        if (!denseGradients || !active()) {
            return;
        }
        int chunks = Math.ceilDiv(dead, CHUNK);
        while (gradients.size() < chunks) {
            gradients.add(new DenseRows(stride));
        }
        workers.run(chunks, (worker, chunk) -> {
            DenseSums sums = sums_w[worker] == null ? new DenseSums() : sums_w[worker];
            sums_w[worker] = sums;
            int end = Math.min((chunk + 1) * CHUNK, dead);
            gradients.get(chunk).collect(sums, byLatent, dead_i, chunk * CHUNK, end, n, error_bd, centred_bd);
        });
    }

    /** Adds what the dead latents' reconstruction contributes to a latent's gradient rows. */
    void addGradients(int latent, float[] centred_bd, float[] decoder_d, float[] encoder_d) {
        if (!denseGradients) {
            byLatent.addDecoderGradient(latent, error_bd, stride, decoder_d);
            byLatent.addEncoderGradient(latent, centred_bd, stride, encoder_d);
        } else if (deadMask_s[latent] == 0) {
            gradients.get(place_s[latent] / CHUNK).addTo(place_s[latent], decoder_d, encoder_d);
        }
    }
}
