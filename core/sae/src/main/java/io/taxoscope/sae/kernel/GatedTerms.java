package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.Parameters;
import java.util.List;

/** {@link Architecture.Gated}: pre-activations are the gates, codes the magnitudes behind open ones. */
final class GatedTerms extends LatentTerms {
    private final float l1;
    private final float[] factor_s;
    private float[] magnitude_at = {};
    private float[] rMag_at = {};

    GatedTerms(Architecture.Gated gated, PaddedParameters weights, int stride, boolean unitNorm) {
        super(weights, stride, unitNorm);
        this.l1 = gated.l1();
        this.factor_s = new float[latents];
    }

    @Override
    float bound(int latent) {
        factor_s[latent] = (float) StrictMath.exp(weights.perLatent_s(Parameters.R_MAG)[latent]);
        return 0;
    }

    @Override
    void reserve(int capacity) {
        super.reserve(capacity);
        if (magnitude_at.length < capacity) {
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

    @Override
    double backward(Codes codes, int example, float[] gradient_at, float[] centred_bd) {
        float[] error_d = new float[stride];
        int from = codes.start(example);
        int to = codes.end(example);
        Rows.addWeighted(pre_at, codes.latents(), from, to, weights.wDec_sd, stride, error_d, 0, stride);
        Rows.subtract(error_d, 0, centred_bd, example * stride, error_d, 0, stride);
        double penalty = Rows.dot(error_d, 0, error_d, 0, stride);
        for (int at = from; at < to; at++) {
            int latent = codes.latent(at);
            float magnitude = codes.value(at) > 0 ? gradient_at[at] : 0;
            float gate = Rows.dot(error_d, 0, weights.wDec_sd, latent * stride, stride) + l1 / 2 * norm_s[latent];
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
