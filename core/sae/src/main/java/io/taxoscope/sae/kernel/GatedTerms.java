package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.Parameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link Architecture.Gated}: pre-activations are the gates, codes the magnitudes behind open ones. */
final class GatedTerms extends LatentTerms {
    private final float l1;
    private final Decoder sparse;
    private final float[] factor_s;
    private float[] magnitude_at = {};
    private float[] rMag_at = {};
    private float[] gate_at = {};
    private double[] gateSquares_b = {};

    GatedTerms(Architecture.Gated gated, PaddedParameters weights, int stride, boolean unitNorm) {
        super(weights, stride, unitNorm);
        this.sparse = new Decoder(weights.wDec_sd, stride);
        this.l1 = gated.l1();
        this.factor_s = new float[latents];
    }

    @Override
    float bound(int latent) {
        factor_s[latent] = (float) StrictMath.exp(weights.perLatent_s(Parameters.R_MAG)[latent]);
        return 0;
    }

    @Override
    void prepare(Candidates candidates) {
        super.prepare(candidates);
        gateSquares_b = candidates.count_b().length == gateSquares_b.length
                ? gateSquares_b
                : new double[candidates.count_b().length];
    }

    @Override
    void reserve(int capacity) {
        super.reserve(capacity);
        if (magnitude_at.length < capacity) {
            gate_at = new float[capacity];
            magnitude_at = new float[capacity];
            rMag_at = new float[capacity];
        }
    }

    @Override
    float value(int latent, float pre) {
        float magnitude =
                factor_s[latent] * (pre - weights.bEnc_s[latent]) + weights.perLatent_s(Parameters.B_MAG)[latent];
        return Math.max(magnitude, 0);
    }

    /** The reconstruction from the gates: its squared error, and its gradient for each of them. */
    @Override
    void decode(int worker, @Nullable DenseDecoder dense, Codes codes, int first, int rows, float[] centred_bd) {
        float[] error_bd = new float[rows * stride];
        if (dense != null) {
            dense.addTo(worker, codes, pre_at, first, rows, error_bd, 0);
        }
        for (int row = 0; row < rows; row++) {
            int b = first + row;
            int at = row * stride;
            if (dense == null) {
                sparse.addTo(codes, pre_at, b, error_bd, at);
            }
            Rows.subtract(error_bd, at, centred_bd, b * stride, error_bd, at, stride);
            gateSquares_b[b] = Rows.dot(error_bd, at, error_bd, at, stride);
            if (dense == null) {
                sparse.valueGradients(codes, b, error_bd, at, gate_at);
            }
        }
        if (dense != null) {
            dense.valueGradients(worker, codes, first, rows, error_bd, 0, gate_at);
        }
    }

    @Override
    double backward(Codes codes, int example, float[] gradient_at, float[] centred_bd) {
        double penalty = gateSquares_b[example];
        for (int at = codes.start(example); at < codes.end(example); at++) {
            int latent = codes.latent(at);
            float magnitude = codes.value(at) > 0 ? gradient_at[at] : 0;
            float gate = gate_at[at] + l1 / 2 * norm_s[latent];
            penalty += (double) l1 * pre_at[at] * norm_s[latent];
            magnitude_at[at] = magnitude;
            rMag_at[at] = magnitude * factor_s[latent] * (pre_at[at] - weights.bEnc_s[latent]);
            norm_at[at] = l1 / 2 * pre_at[at];
            gradient_at[at] = gate + magnitude * factor_s[latent];
        }
        return penalty;
    }

    @Override
    List<String> names() {
        return List.of(Parameters.R_MAG, Parameters.B_MAG);
    }

    /** The gate's bias takes no part in the magnitude, whose share of the product's gradient is taken out again. */
    @Override
    float gradients(int latent, CodesByLatent byLatent, float scale, float[] own) {
        own[0] = scale * byLatent.sum(latent, rMag_at);
        own[1] = scale * byLatent.sum(latent, magnitude_at);
        return factor_s[latent] * own[1];
    }
}
