package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.Shape;

/** Encodes and decodes blocks of examples in parallel. */
final class VectorEncoding implements EncodingSession {
    private final int width;
    private final int stride;
    private final PaddedParameters weights;
    private final Decoder decoder;
    private final Workers workers;
    private final FusedEncoder[] encoders;
    private final float[] padded_bd;

    VectorEncoding(Parameters dense, int k, int maxBatch, int threads) {
        Shape shape = dense.shape();
        this.width = shape.width();
        this.stride = Lanes.roundUp(width, Lanes.COUNT);
        this.weights = new PaddedParameters(dense, stride);
        this.decoder = new Decoder(weights.wDec_sd, stride);
        this.workers = new Workers(threads);
        this.encoders = new FusedEncoder[threads];
        var packed = new PackedEncoder(width, shape.latents(), stride, weights);
        for (int worker = 0; worker < threads; worker++) {
            encoders[worker] = new FusedEncoder(packed, k, 0);
        }
        this.padded_bd = new float[Math.multiplyExact(maxBatch, stride)];
    }

    @Override
    public void encode(float[] x_bd, int n, Codes codes) {
        workers.run(FusedEncoder.blocks(n), (worker, block) -> {
            int first = block * FusedEncoder.ROWS;
            int rows = Math.min(FusedEncoder.ROWS, n - first);
            for (int b = first; b < first + rows; b++) {
                System.arraycopy(x_bd, b * width, padded_bd, b * stride, width);
                Rows.subtract(padded_bd, b * stride, weights.bDec_d, 0, padded_bd, b * stride, stride);
            }
            encoders[worker].encode(padded_bd, stride, first, rows, codes, null, null);
        });
    }

    @Override
    public void decode(Codes codes, int n, float[] xhat_bd) {
        workers.run(FusedEncoder.blocks(n), (worker, block) -> {
            int first = block * FusedEncoder.ROWS;
            for (int b = first; b < Math.min(first + FusedEncoder.ROWS, n); b++) {
                decoder.writeTo(codes, b, padded_bd, b * stride);
                Rows.add(weights.bDec_d, 0, padded_bd, b * stride, stride);
                System.arraycopy(padded_bd, b * stride, xhat_bd, b * width, width);
            }
        });
    }

    @Override
    public void close() {
        workers.close();
    }
}
