package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Architecture;
import java.util.List;

/** {@link Architecture.Relu}. */
final class ReluTerms extends LatentTerms {
    private final float l1;

    ReluTerms(Architecture.Relu relu, PaddedParameters weights, int stride, boolean unitNorm) {
        super(weights, stride, unitNorm);
        this.l1 = relu.l1();
    }

    @Override
    float bound(int latent) {
        return 0;
    }

    @Override
    float value(int latent, float pre) {
        return pre;
    }

    @Override
    double backward(Codes codes, int example, float[] gradient_at, float[] centred_bd) {
        double penalty = 0;
        for (int at = codes.start(example); at < codes.end(example); at++) {
            float norm = norm_s[codes.latent(at)];
            penalty += (double) l1 * codes.value(at) * norm;
            gradient_at[at] += l1 / 2 * norm;
            norm_at[at] = l1 / 2 * codes.value(at);
        }
        return penalty;
    }

    @Override
    List<String> names() {
        return List.of();
    }

    @Override
    float gradients(int latent, CodesByLatent byLatent, float scale, float[] own) {
        return 0;
    }
}
