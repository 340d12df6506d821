package io.taxoscope.sae.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One worker's gradients of the parameters of one latent: summed from the latent's own examples, used and forgotten. */
final class LatentGradients {
    private final PaddedParameters weights;
    private final @Nullable LatentTerms terms;
    private final boolean projects;
    private final boolean preEncoderBias;
    private final int stride;
    final float[] decoder_d;
    final float[] encoder_d;
    final float[] own;
    private final DenseRows dense;
    private @Nullable DenseSums sums;
    /** Of the pre-activation, summed over the batch. */
    float pre;
    /** Of the encoder's bias. */
    float bias;

    LatentGradients(PaddedParameters weights, @Nullable LatentTerms terms, StepSettings settings, int stride) {
        this.weights = weights;
        this.terms = terms;
        this.projects = settings.decoder().projectsGradient() && !settings.needsWholeGradient();
        this.preEncoderBias = settings.preEncoderBias();
        this.stride = stride;
        this.decoder_d = new float[stride];
        this.encoder_d = new float[stride];
        this.own = new float[terms == null ? 0 : terms.names().size()];
        this.dense = new DenseRows(stride);
    }

    /** Where codes are many: computes rows of latents {@code first} to {@code end - 1} before they are collected. */
    void prepare(int first, int end, ForwardPass forward, CodesByLatent byLatent) {
        sums = sums == null ? new DenseSums() : sums;
        dense.collect(
                sums,
                byLatent,
                null,
                first,
                end,
                forward.examples(),
                forward.errors().rows(),
                forward.centred_bd());
    }

    void collect(int latent, ForwardPass forward, CodesByLatent byLatent, @Nullable DeadRevival dead, float scale) {
        Arrays.fill(decoder_d, 0f);
        Arrays.fill(encoder_d, 0f);
        if (forward.dense()) {
            dense.addTo(latent, decoder_d, encoder_d);
        } else {
            byLatent.addDecoderGradient(latent, forward.errors().rows(), stride, decoder_d);
            byLatent.addEncoderGradient(latent, forward.centred_bd(), stride, encoder_d);
        }
        pre = byLatent.preGradient(latent);
        if (dead != null) {
            dead.addGradients(latent, forward.centred_bd(), decoder_d, encoder_d);
            pre += dead.byLatent().preGradient(latent);
        }
        if (!preEncoderBias) {
            Rows.addScaled(pre, weights.bDec_d, 0, encoder_d, 0, stride);
        }
        bias = pre;
        if (terms != null) {
            terms.addNormGradient(latent, byLatent, scale, decoder_d);
            bias -= terms.gradients(latent, byLatent, scale, own);
        }
        if (projects) {
            int row = latent * stride;
            float along = Rows.dot(decoder_d, 0, weights.wDec_sd, row, stride);
            Rows.addScaled(-along, weights.wDec_sd, row, decoder_d, 0, stride);
        }
    }

    double squares() {
        double squares = (double) bias * bias;
        for (float gradient : own) {
            squares += (double) gradient * gradient;
        }
        return squares + Rows.dot(decoder_d, 0, decoder_d, 0, stride) + Rows.dot(encoder_d, 0, encoder_d, 0, stride);
    }

    /** Shortens all but {@link #pre}, which belongs to {@code b_dec}'s gradient. */
    void scale(float factor) {
        Rows.scale(factor, decoder_d, 0, stride);
        Rows.scale(factor, encoder_d, 0, stride);
        bias *= factor;
        for (int i = 0; i < own.length; i++) {
            own[i] *= factor;
        }
    }
}
