package io.taxoscope.sae.kernel;

import io.taxoscope.sae.AuxK;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Codes, errors and the codes' gradients of a batch, block by block of examples. */
final class ForwardPass {
    private final PaddedParameters weights;
    private final Decoder decoder;
    private final @Nullable DeadRevival revival;
    private final int width;
    private final int stride;
    private final FusedEncoder[] encoders;
    private final float[] padded_bd;
    private final float[] centred_bd;
    private final float[] error_bd;
    private final float[] valueGradient_bk;
    private final float[] errorSum_cd;
    private final double[] squaredError_c;
    private int blocks;

    ForwardPass(
            PaddedParameters weights,
            PackedEncoder packed,
            int k,
            @Nullable DeadRevival revival,
            int width,
            int maxBatch,
            int threads) {
        this.weights = weights;
        this.revival = revival;
        this.width = width;
        this.stride = Lanes.roundUp(width, Lanes.COUNT);
        this.decoder = new Decoder(weights.wDec_sd, stride);
        this.encoders = new FusedEncoder[threads];
        for (int worker = 0; worker < threads; worker++) {
            encoders[worker] = new FusedEncoder(packed, k, revival == null ? 0 : revival.kAux());
        }
        int elements = Math.multiplyExact(maxBatch, stride);
        this.padded_bd = new float[threads * stride];
        this.centred_bd = new float[elements];
        this.error_bd = new float[elements];
        this.valueGradient_bk = new float[maxBatch * k];
        this.errorSum_cd = new float[FusedEncoder.blocks(maxBatch) * stride];
        this.squaredError_c = new double[FusedEncoder.blocks(maxBatch)];
    }

    void run(Workers workers, float[] x_bd, int n, Codes codes) {
        blocks = FusedEncoder.blocks(n);
        workers.run(blocks, (worker, block) -> runBlock(worker, block, x_bd, n, codes));
    }

    /** {@code x - b_dec}, padded rows. */
    float[] centred_bd() {
        return centred_bd;
    }

    /** {@code x̂ - x}, padded rows. */
    float[] error_bd() {
        return error_bd;
    }

    float[] valueGradient_bk() {
        return valueGradient_bk;
    }

    double squaredError() {
        return VectorTraining.sum(squaredError_c, blocks);
    }

    /** The error's element {@code i} summed over the batch. */
    double errorSum(int i) {
        double sum = 0;
        for (int block = 0; block < blocks; block++) {
            sum += errorSum_cd[block * stride + i];
        }
        return sum;
    }

    /** {@code sum_b |e_b - mean(e)|²}. */
    double residualVariance(int n) {
        double ofMean = 0;
        for (int i = 0; i < width; i++) {
            ofMean += errorSum(i) * errorSum(i);
        }
        return AuxK.residualVariance(squaredError(), ofMean / n);
    }

    private void runBlock(int worker, int block, float[] x_bd, int n, Codes codes) {
        int first = block * FusedEncoder.ROWS;
        int rows = Math.min(FusedEncoder.ROWS, n - first);
        for (int b = first; b < first + rows; b++) {
            System.arraycopy(x_bd, b * width, padded_bd, worker * stride, width);
            Rows.subtract(padded_bd, worker * stride, weights.bDec_d, 0, centred_bd, b * stride, stride);
        }
        if (revival == null || !revival.active()) {
            encoders[worker].encode(centred_bd, stride, first, rows, codes, null, null);
        } else {
            encoders[worker].encode(centred_bd, stride, first, rows, codes, revival.codes(), revival.deadMask_s());
        }
        Arrays.fill(errorSum_cd, block * stride, (block + 1) * stride, 0f);
        double squares = 0;
        double deadSquares = 0;
        for (int b = first; b < first + rows; b++) {
            squares += decode(b, block, codes);
            if (revival != null && revival.active()) {
                deadSquares += revival.reconstruct(decoder, error_bd, b);
            }
        }
        squaredError_c[block] = squares;
        if (revival != null) {
            revival.setSquaredError(block, deadSquares);
        }
    }

    /** Decodes one example and, while its row is hot, its error, its share of the loss and its codes' gradients. */
    private double decode(int b, int block, Codes codes) {
        int at = b * stride;
        decoder.writeTo(codes, b, error_bd, at);
        Rows.subtract(error_bd, at, centred_bd, at, error_bd, at, stride);
        Rows.add(error_bd, at, errorSum_cd, block * stride, stride);
        decoder.valueGradients(codes, b, error_bd, at, valueGradient_bk);
        return Rows.dot(error_bd, at, error_bd, at, stride);
    }
}
