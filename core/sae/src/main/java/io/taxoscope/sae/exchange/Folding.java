package io.taxoscope.sae.exchange;

import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.Shape;

/**
 * Takes a tool's conventions into the weights, so that {@code pre = w_enc (x - b_dec) + b_enc} gives its codes and {@code z
 * w_dec + b_dec} its reconstructions. Sums run in double precision; where a tool has our conventions every bit stays.
 */
final class Folding {
    private final StoredSae stored;
    private final Parameters from;
    private final int width;
    private final int latents;

    private Folding(StoredSae stored) {
        this.stored = stored;
        this.from = stored.asStored();
        this.width = from.shape().width();
        this.latents = from.shape().latents();
    }

    static Parameters fold(StoredSae stored) {
        return new Folding(stored).fold();
    }

    private Parameters fold() {
        float[] wEnc_sd = new float[from.shape().elements()];
        float[] wDec_sd = new float[from.shape().elements()];
        float[] bEnc_s = new float[latents];
        float[] factor_s = new float[latents];
        for (int latent = 0; latent < latents; latent++) {
            double n = stored.codeFactor(latent);
            // A gate is no code: what multiplies its magnitude goes into r_mag and b_mag.
            double encoding = (isGated() ? 1 : n) * stored.preScale(latent);
            for (int at = latent * width; at < (latent + 1) * width; at++) {
                wEnc_sd[at] = (float) (from.wEnc_sd()[at] * encoding * stored.inputScale());
                wDec_sd[at] = (float) (from.wDec_sd()[at] / (n * stored.inputScale()));
            }
            double shift = (isGated() ? 1 : n) * stored.preShift(latent);
            bEnc_s[latent] = (float) (encoding * (from.bEnc_s()[latent] + unsubtracted(latent)) + shift);
            factor_s[latent] = (float) n;
        }
        var folded = new Parameters(new Shape(width, latents), wEnc_sd, wDec_sd, bEnc_s, decoderBias());
        return withThresholdsAndGates(folded, factor_s);
    }

    private boolean isGated() {
        return from.perLatentNames().contains(Parameters.R_MAG);
    }

    /** {@code w_enc b_dec}, which our subtraction of b_dec takes away from a tool that does not subtract it. */
    private double unsubtracted(int latent) {
        if (stored.subtractsDecoderBias()) {
            return StoredSae.NOTHING;
        }
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += (double) from.wEnc_sd()[latent * width + i] * from.bDec_d()[i];
        }
        return sum;
    }

    private float[] decoderBias() {
        float[] bDec_d = new float[width];
        for (int i = 0; i < width; i++) {
            bDec_d[i] = (float) (from.bDec_d()[i] / stored.inputScale() + stored.inputMean(i));
        }
        return bDec_d;
    }

    private Parameters withThresholdsAndGates(Parameters folded, float[] factor_s) {
        if (from.perLatentNames().contains(Parameters.THRESHOLD)) {
            float[] threshold_s = from.perLatent_s(Parameters.THRESHOLD).clone();
            for (int latent = 0; latent < latents; latent++) {
                threshold_s[latent] *= factor_s[latent];
            }
            return folded.with(Parameters.THRESHOLD, threshold_s);
        }
        if (!isGated()) {
            return folded;
        }
        float[] rMag_s = from.perLatent_s(Parameters.R_MAG).clone();
        float[] bMag_s = from.perLatent_s(Parameters.B_MAG).clone();
        for (int latent = 0; latent < latents; latent++) {
            double offset = Math.exp(rMag_s[latent]) * unsubtracted(latent);
            bMag_s[latent] = (float) ((bMag_s[latent] + offset) * factor_s[latent]);
            rMag_s[latent] = (float) (rMag_s[latent] + Math.log(factor_s[latent]));
        }
        return folded.with(Parameters.R_MAG, rMag_s).with(Parameters.B_MAG, bMag_s);
    }
}
