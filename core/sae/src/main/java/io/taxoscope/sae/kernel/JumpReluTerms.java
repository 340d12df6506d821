package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Architecture.JumpRelu;
import io.taxoscope.sae.Architecture.JumpRelu.Penalty;
import io.taxoscope.sae.Parameters;
import java.util.List;

/** {@link JumpRelu}. Latents less than half a bandwidth below their threshold are listed too, with code 0. */
final class JumpReluTerms extends LatentTerms {
    private final JumpRelu jump;
    private final float[] threshold_s;
    private float[] logThreshold_at = {};

    JumpReluTerms(JumpRelu jump, PaddedParameters weights, int stride, boolean unitNorm, int latents) {
        super(weights, stride, unitNorm, latents);
        this.jump = jump;
        this.threshold_s = new float[latents];
    }

    @Override
    float bound(int latent) {
        threshold_s[latent] = (float) StrictMath.exp(weights.perLatent_s(Parameters.LOG_THRESHOLD)[latent]);
        return threshold_s[latent] - jump.bandwidth() / 2;
    }

    @Override
    void reserve(int capacity) {
        super.reserve(capacity);
        if (logThreshold_at.length < capacity) {
            logThreshold_at = new float[capacity];
        }
    }

    @Override
    float value(int latent, float pre) {
        return pre > threshold_s[latent] ? pre : 0;
    }

    @Override
    double backward(Codes codes, int example, float[] gradient_at, float[] centred_bd) {
        double penalty = 0;
        for (int at = codes.start(example); at < codes.end(example); at++) {
            int latent = codes.latent(at);
            float z = codes.value(at);
            float ofStep = 0;
            switch (jump.penalty()) {
                case Penalty.L0 l0 -> {
                    penalty += z > 0 ? l0.coefficient() : 0;
                    ofStep = l0.coefficient() / 2;
                }
                case Penalty.Tanh tanh -> {
                    float value = (float) StrictMath.tanh(tanh.scale() * z * norm_s[latent]);
                    float slope = tanh.coefficient() / 2 * tanh.scale() * (1 - value * value);
                    penalty += tanh.coefficient() * value;
                    gradient_at[at] += slope * norm_s[latent];
                    norm_at[at] = slope * z;
                }
            }
            float threshold = threshold_s[latent];
            boolean near = Math.abs(pre_at[at] - threshold) < jump.bandwidth() / 2;
            logThreshold_at[at] = near ? -threshold / jump.bandwidth() * (threshold * gradient_at[at] + ofStep) : 0;
            gradient_at[at] = z > 0 ? gradient_at[at] : 0;
        }
        return penalty;
    }

    @Override
    List<String> names() {
        return List.of(Parameters.LOG_THRESHOLD);
    }

    @Override
    float gradients(int latent, CodesByLatent byLatent, float scale, float[] own) {
        own[0] = scale * byLatent.sum(latent, logThreshold_at);
        return 0;
    }
}
