package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Architecture;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What ReLU, JumpReLU and Gated add to a step: which pre-activations become codes, the penalty, and the gradients of
 * their own parameters. Gradients are over {@code 2/(n d)}, the factor of the reconstruction's: half of what the
 * formulas of {@link Architecture} give.
 */
abstract sealed class LatentTerms permits ReluTerms, JumpReluTerms, GatedTerms {
    final PaddedParameters weights;
    final int stride;
    final boolean unitNorm;
    final int latents;
    /** Decoder norms; 1 when they are kept at 1. */
    final float[] norm_s;
    /** What each code was before the activation. */
    float[] pre_at = {};
    /** Each code's share of its decoder norm's gradient. */
    float[] norm_at = {};

    LatentTerms(PaddedParameters weights, int stride, boolean unitNorm) {
        this.weights = weights;
        this.stride = stride;
        this.unitNorm = unitNorm;
        this.latents = weights.latents();
        this.norm_s = new float[latents];
    }

    /** Null for architectures whose codes are the largest pre-activations, with no penalty on them. */
    static @Nullable LatentTerms of(StepSettings settings, PaddedParameters weights, Silence silence, int stride) {
        boolean unitNorm = settings.decoder().isUnitNorm();
        return switch (settings.architecture()) {
            case Architecture.Relu relu -> new ReluTerms(relu, weights, stride, unitNorm);
            case Architecture.JumpRelu jump -> new JumpReluTerms(jump, weights, silence, stride, unitNorm);
            case Architecture.Gated gated -> new GatedTerms(gated, weights, stride, unitNorm);
            case Architecture.TopK none -> null;
            case Architecture.BatchTopK none -> null;
            case Architecture.Matryoshka none -> null;
            case Architecture.NestedTopK none -> null;
            case Architecture.Hierarchical none -> null;
        };
    }

    /** Reads the weights as they are before the step; {@code candidates} get their bounds. */
    void prepare(Candidates candidates) {
        for (int latent = 0; latent < latents; latent++) {
            int row = latent * stride;
            norm_s[latent] =
                    unitNorm ? 1 : (float) Math.sqrt(Rows.dot(weights.wDec_sd, row, weights.wDec_sd, row, stride));
            candidates.setBound(latent, bound(latent));
        }
    }

    /** What a latent's pre-activation must exceed to be listed. */
    abstract float bound(int latent);

    /** Makes room for so many codes. */
    void reserve(int capacity) {
        if (pre_at.length < capacity) {
            pre_at = new float[capacity];
            norm_at = new float[capacity];
        }
    }

    /** Turns an example's pre-activations, which its codes hold, into codes. */
    void activate(Codes codes, int example) {
        for (int at = codes.start(example); at < codes.end(example); at++) {
            float pre = codes.values()[at];
            pre_at[at] = pre;
            codes.values()[at] = value(codes.latent(at), pre);
        }
    }

    abstract float value(int latent, float pre);

    /**
     * Decodes a block's further reconstructions, which {@link #backward} needs.
     *
     * @param dense what to decode with when codes are many; otherwise null
     */
    void decode(int worker, @Nullable DenseDecoder dense, Codes codes, int first, int rows, float[] centred_bd) {}

    /**
     * Turns the gradients of an example's codes into those of its pre-activations, in place, and keeps what else the
     * update needs; returns the penalty.
     */
    abstract double backward(Codes codes, int example, float[] gradient_at, float[] centred_bd);

    /** Adds a latent's norm gradient to its decoder row's. */
    final void addNormGradient(int latent, CodesByLatent byLatent, float scale, float[] gradient_d) {
        if (!unitNorm) {
            float factor = scale * byLatent.sum(latent, norm_at) / norm_s[latent];
            Rows.addScaled(factor, weights.wDec_sd, latent * stride, gradient_d, 0, stride);
        }
    }

    /** The architecture's own parameters, one number per latent each. */
    abstract List<String> names();

    /**
     * Writes a latent's gradients of the own parameters, in the order of their names.
     *
     * @return what to subtract from {@code b_enc}'s gradient, which is otherwise the pre-activation's
     */
    abstract float gradients(int latent, CodesByLatent byLatent, float scale, float[] own);
}
