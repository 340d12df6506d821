package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.Shape;
import org.jspecify.annotations.Nullable;

/** Encodes and decodes blocks of examples in parallel. */
final class VectorEncoding implements EncodingSession {
    private final int width;
    private final int stride;
    private final PaddedParameters weights;
    private final Decoder decoder;
    private final Workers workers;
    private final FusedEncoder[] encoders;
    private final float[] padded_bd;
    private final @Nullable Candidates candidates;
    private final float[] magnitudeFactor_s;
    private final @Nullable StrongestChildren children;
    private final int most;
    private final int maxBatch;
    /** What the workers write where the caller's codes are ragged: those cannot be filled in parallel. */
    private @Nullable Codes fixed;

    VectorEncoding(Parameters dense, Activation activation, int maxBatch, int threads) {
        Shape shape = dense.shape();
        this.width = shape.width();
        this.stride = Lanes.roundUp(width, Lanes.COUNT);
        this.weights = new PaddedParameters(dense, stride);
        this.decoder = new Decoder(weights.wDec_sd, stride);
        this.workers = new Workers(threads);
        this.encoders = new FusedEncoder[threads];
        this.candidates = candidates(activation, dense, maxBatch);
        this.magnitudeFactor_s = magnitudeFactors(activation, dense);
        Activation.Hierarchical tree = activation instanceof Activation.Hierarchical some ? some : null;
        this.children = tree == null ? null : new StrongestChildren(tree, weights, stride);
        this.most = activation.most(shape.latents());
        this.maxBatch = maxBatch;
        int strongest = tree == null ? most : tree.k();
        var packed = new PackedEncoder(width, tree == null ? shape.latents() : tree.parents(), stride, weights);
        boolean signed = activation instanceof Activation.SignedTopK;
        for (int worker = 0; worker < threads; worker++) {
            Selection selection =
                    candidates == null ? FusedEncoder.strongest(strongest, signed) : candidates.collector();
            encoders[worker] = new FusedEncoder(packed, selection, 0, signed);
        }
        this.padded_bd = new float[Math.multiplyExact(maxBatch, stride)];
    }

    /** Null when a fixed number of latents is active. */
    private static @Nullable Candidates candidates(Activation activation, Parameters weights, int maxBatch) {
        int latents = weights.shape().latents();
        switch (activation) {
            case Activation.TopK topK -> {
                return null;
            }
            case Activation.SignedTopK topK -> {
                return null;
            }
            case Activation.Hierarchical tree -> {
                return null;
            }
            case Activation.Relu relu -> {
                return above(new float[latents], maxBatch);
            }
            case Activation.Gated gated -> {
                return above(new float[latents], maxBatch);
            }
            case Activation.JumpRelu jumpRelu -> {
                return above(weights.perLatent_s(Parameters.THRESHOLD), maxBatch);
            }
        }
    }

    private static Candidates above(float[] threshold_s, int maxBatch) {
        Candidates candidates = new Candidates(threshold_s.length, maxBatch);
        for (int latent = 0; latent < threshold_s.length; latent++) {
            candidates.setBound(latent, Math.max(threshold_s[latent], 0));
        }
        return candidates;
    }

    /** {@code exp(r_mag)}; empty when codes are the pre-activations themselves. */
    private static float[] magnitudeFactors(Activation activation, Parameters weights) {
        if (!(activation instanceof Activation.Gated)) {
            return new float[0];
        }
        float[] factor_s = weights.perLatent_s(Parameters.R_MAG).clone();
        for (int latent = 0; latent < factor_s.length; latent++) {
            factor_s[latent] = (float) StrictMath.exp(factor_s[latent]);
        }
        return factor_s;
    }

    @Override
    public void encode(float[] x_bd, int n, Codes codes) {
        if (candidates != null) {
            encodeBlocks(x_bd, n, codes);
            takeOver(candidates, n, codes);
        } else if (codes.isRagged()) {
            fixed = fixed == null ? new Codes(maxBatch, most) : fixed;
            encodeBlocks(x_bd, n, fixed);
            fixed.copyTo(codes, n);
        } else {
            encodeBlocks(x_bd, n, codes);
        }
    }

    private void encodeBlocks(float[] x_bd, int n, Codes codes) {
        workers.run(FusedEncoder.blocks(n), (worker, block) -> {
            int first = block * FusedEncoder.ROWS;
            int rows = Math.min(FusedEncoder.ROWS, n - first);
            for (int b = first; b < first + rows; b++) {
                System.arraycopy(x_bd, b * width, padded_bd, b * stride, width);
                Rows.subtract(padded_bd, b * stride, weights.bDec_d, 0, padded_bd, b * stride, stride);
            }
            encoders[worker].encode(padded_bd, stride, first, rows, codes, null, null);
            for (int b = first; b < first + rows && children != null; b++) {
                children.addTo(codes, b, padded_bd, b * stride);
            }
        });
    }

    private void takeOver(Candidates candidates, int n, Codes codes) {
        if (magnitudeFactor_s.length > 0) {
            for (int example = 0; example < n; example++) {
                applyMagnitudes(candidates, example);
            }
        }
        codes.layOut(candidates.count_b(), n);
        for (int example = 0; example < n; example++) {
            candidates.copyTo(codes, example);
        }
    }

    /** Replaces open gates by their magnitudes and drops those that are not positive. */
    private void applyMagnitudes(Candidates candidates, int example) {
        float[] bias_s = weights.perLatent_s(Parameters.B_MAG);
        int[] latents = candidates.latents(example);
        float[] values = candidates.values(example);
        int count = candidates.count_b()[example];
        for (int i = 0; i < count; i++) {
            int latent = latents[i];
            values[i] = magnitudeFactor_s[latent] * (values[i] - weights.bEnc_s[latent]) + bias_s[latent];
        }
        candidates.keepAbove(example, 0, 0);
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
