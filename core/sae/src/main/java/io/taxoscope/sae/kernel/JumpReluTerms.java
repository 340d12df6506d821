package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Architecture.JumpRelu;
import io.taxoscope.sae.JumpPenalty;
import io.taxoscope.sae.PreActivationLoss;
import java.util.List;

/**
 * {@link JumpRelu}. Listed with code 0 are also latents less than half a bandwidth below their threshold and, anywhere below
 * it, dead ones that a {@link PreActivationLoss} pulls at.
 */
final class JumpReluTerms extends LatentTerms {
    private final JumpRelu jump;
    private final Silence silence;
    private final float[] threshold_s;
    /** The pre-activation loss's coefficient where it applies, otherwise 0. */
    private final float[] pull_s;

    /** Each code's share of the gradient of what training moves. */
    private float[] trained_at = {};

    JumpReluTerms(JumpRelu jump, PaddedParameters weights, Silence silence, int stride, boolean unitNorm) {
        super(weights, stride, unitNorm);
        this.jump = jump;
        this.silence = silence;
        this.threshold_s = new float[latents];
        this.pull_s = new float[latents];
    }

    @Override
    float bound(int latent) {
        threshold_s[latent] = jump.threshold(weights.perLatent_s(jump.thresholdName())[latent]);
        PreActivationLoss loss = jump.preActivationLoss();
        if (loss != null && silence.of(latent) >= loss.deadAfterExamples()) {
            pull_s[latent] = loss.coefficient();
            return Float.NEGATIVE_INFINITY;
        }
        pull_s[latent] = 0;
        return threshold_s[latent] - jump.bandwidth() / 2;
    }

    @Override
    void reserve(int capacity) {
        super.reserve(capacity);
        if (trained_at.length < capacity) {
            trained_at = new float[capacity];
        }
    }

    @Override
    float value(int latent, float pre) {
        return pre > threshold_s[latent] ? pre : 0;
    }

    @Override
    double backward(Codes codes, int example, float[] gradient_at, float[] centred_bd) {
        double excess = jump.penalty() instanceof JumpPenalty.TargetL0 target
                ? codes.positive(example, example + 1) / (double) target.target() - 1
                : 0;
        double penalty = jump.penalty().coefficient() * excess * excess;
        for (int at = codes.start(example); at < codes.end(example); at++) {
            int latent = codes.latent(at);
            float z = codes.value(at);
            norm_at[at] = 0;
            penalty += addPenalty(at, latent, z, gradient_at);
            float threshold = threshold_s[latent];
            boolean near = Math.abs(pre_at[at] - threshold) < jump.bandwidth() / 2;
            float estimate = near ? (threshold * gradient_at[at] + ofStep(excess)) / jump.bandwidth() : 0;
            trained_at[at] = -jump.slope(threshold) * estimate;
            gradient_at[at] = (z > 0 ? gradient_at[at] : 0) + (jump.estimateReachesEncoder() ? estimate : 0);
            penalty += pull(at, latent, gradient_at);
        }
        return penalty;
    }

    /** Adds the gradient of one code's own penalty. */
    private double addPenalty(int at, int latent, float z, float[] gradient_at) {
        return switch (jump.penalty()) {
            case JumpPenalty.L0 l0 -> z > 0 ? l0.coefficient() : 0;
            case JumpPenalty.TargetL0 target -> 0;
            case JumpPenalty.Tanh tanh -> {
                float value = (float) StrictMath.tanh(tanh.scale() * z * norm_s[latent]);
                float slope = tanh.coefficient() / 2 * tanh.scale() * (1 - value * value);
                gradient_at[at] += slope * norm_s[latent];
                norm_at[at] = slope * z;
                yield tanh.coefficient() * value;
            }
        };
    }

    /** The penalty's gradient with respect to a step. */
    private float ofStep(double excess) {
        return switch (jump.penalty()) {
            case JumpPenalty.L0 l0 -> l0.coefficient() / 2;
            case JumpPenalty.TargetL0 target -> (float) (target.coefficient() * excess / target.target());
            case JumpPenalty.Tanh tanh -> 0;
        };
    }

    /** Adds the pre-activation loss's gradients. */
    private double pull(int at, int latent, float[] gradient_at) {
        float distance = threshold_s[latent] - pre_at[at];
        float pull = pull_s[latent];
        if (pull == 0 || distance <= 0) {
            return 0;
        }
        gradient_at[at] -= pull / 2 * norm_s[latent];
        trained_at[at] += jump.slope(threshold_s[latent]) * pull / 2 * norm_s[latent];
        norm_at[at] += pull / 2 * distance;
        return (double) pull * distance * norm_s[latent];
    }

    @Override
    List<String> names() {
        return List.of(jump.thresholdName());
    }

    @Override
    float gradients(int latent, CodesByLatent byLatent, float scale, float[] own) {
        own[0] = scale * byLatent.sum(latent, trained_at);
        return 0;
    }
}
