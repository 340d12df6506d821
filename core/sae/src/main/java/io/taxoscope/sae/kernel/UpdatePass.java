package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Parameters;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gradients and update together, latent by latent: both gradient rows are summed from the latent's own examples, used
 * at once and forgotten, so that each weight is read and written once a step and no gradient matrix exists.
 */
final class UpdatePass {
    /** Panels in one chunk of work. */
    private static final int PANELS = 4;

    private final PaddedParameters weights;
    private final PaddedParameters first;
    private final PaddedParameters second;
    private final PackedEncoder packed;
    private final @Nullable LatentTerms terms;
    private final boolean unitNormDecoder;
    private final int latents;
    private final int stride;
    private final float[][] decoderGradient_wd;
    private final float[][] encoderGradient_wd;
    private final float[] throughEncoder_cd;
    private final float[] biasGradient_d;

    UpdatePass(
            PaddedParameters weights,
            PaddedParameters first,
            PaddedParameters second,
            PackedEncoder packed,
            @Nullable LatentTerms terms,
            boolean unitNormDecoder,
            int threads) {
        this.weights = weights;
        this.first = first;
        this.second = second;
        this.packed = packed;
        this.terms = terms;
        this.unitNormDecoder = unitNormDecoder;
        this.latents = packed.latents();
        this.stride = weights.bDec_d.length;
        this.decoderGradient_wd = new float[threads][stride];
        this.encoderGradient_wd = new float[threads][stride];
        this.throughEncoder_cd = new float[chunks() * stride];
        this.biasGradient_d = new float[stride];
    }

    void run(
            Workers workers,
            ForwardPass forward,
            CodesByLatent byLatent,
            @Nullable DeadRevival revival,
            float scale,
            Adam adam) {
        DeadRevival dead = revival != null && revival.active() ? revival : null;
        workers.run(chunks(), (worker, chunk) -> {
            Arrays.fill(throughEncoder_cd, chunk * stride, (chunk + 1) * stride, 0f);
            int end = Math.min((chunk + 1) * PANELS, packed.panels());
            for (int panel = chunk * PANELS; panel < end; panel++) {
                int lastLatent = Math.min((panel + 1) * Lanes.PANEL, latents);
                for (int latent = panel * Lanes.PANEL; latent < lastLatent; latent++) {
                    updateLatent(latent, worker, chunk, forward, byLatent, dead, scale, adam);
                }
                packed.repack(panel);
            }
        });
        updateDecoderBias(forward, scale, adam);
    }

    Parameters firstMoments() {
        return first.dense();
    }

    Parameters secondMoments() {
        return second.dense();
    }

    private int chunks() {
        return Math.ceilDiv(packed.panels(), PANELS);
    }

    private void updateLatent(
            int latent,
            int worker,
            int chunk,
            ForwardPass forward,
            CodesByLatent byLatent,
            @Nullable DeadRevival dead,
            float scale,
            Adam adam) {
        float[] decoderGradient_d = decoderGradient_wd[worker];
        float[] encoderGradient_d = encoderGradient_wd[worker];
        Arrays.fill(decoderGradient_d, 0f);
        Arrays.fill(encoderGradient_d, 0f);
        byLatent.addDecoderGradient(latent, forward.errors().rows(), stride, decoderGradient_d);
        byLatent.addEncoderGradient(latent, forward.centred_bd(), stride, encoderGradient_d);
        float preGradient = byLatent.preGradient(latent);
        if (dead != null) {
            dead.byLatent().addDecoderGradient(latent, dead.error_bd(), stride, decoderGradient_d);
            dead.byLatent().addEncoderGradient(latent, forward.centred_bd(), stride, encoderGradient_d);
            preGradient += dead.byLatent().preGradient(latent);
        }
        int row = latent * stride;
        float biasGradient = preGradient;
        if (terms != null) {
            terms.addNormGradient(latent, byLatent, scale, decoderGradient_d);
            biasGradient -= terms.update(latent, byLatent, scale, first, second, adam);
        }
        Rows.addScaled(preGradient, weights.wEnc_sd, row, throughEncoder_cd, chunk * stride, stride);
        updateDecoderRow(row, decoderGradient_d, adam);
        Rows.adam(adam, weights.wEnc_sd, first.wEnc_sd, second.wEnc_sd, row, encoderGradient_d, stride);
        adam.update(weights.bEnc_s, first.bEnc_s, second.bEnc_s, latent, biasGradient);
    }

    private void updateDecoderRow(int row, float[] gradient_d, Adam adam) {
        float[] w_sd = weights.wDec_sd;
        if (unitNormDecoder) {
            float along = Rows.dot(gradient_d, 0, w_sd, row, stride);
            Rows.addScaled(-along, w_sd, row, gradient_d, 0, stride);
        }
        Rows.adam(adam, w_sd, first.wDec_sd, second.wDec_sd, row, gradient_d, stride);
        if (unitNormDecoder) {
            float square = Rows.dot(w_sd, row, w_sd, row, stride);
            Rows.scale((float) (1 / Math.sqrt(square)), w_sd, row, stride);
        }
    }

    /** b_dec is added to the output and subtracted from the input: {@code scale * sum_b e_b - sum_s dpre_s w_enc_s}. */
    private void updateDecoderBias(ForwardPass forward, float scale, Adam adam) {
        for (int i = 0; i < biasGradient_d.length; i++) {
            double throughEncoder = 0;
            for (int chunk = 0; chunk < chunks(); chunk++) {
                throughEncoder += throughEncoder_cd[chunk * stride + i];
            }
            biasGradient_d[i] = (float) (scale * forward.errorSum(i) - throughEncoder);
        }
        Rows.adam(adam, weights.bDec_d, first.bDec_d, second.bDec_d, 0, biasGradient_d, stride);
    }
}
