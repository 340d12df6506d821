package io.taxoscope.sae.kernel;

import io.taxoscope.sae.DecoderConstraint.Archetypal;
import io.taxoscope.sae.Parameters;
import java.util.Arrays;

/** {@link Archetypal}: {@code w_dec = a c + r}. */
record ArchetypeFactors(Archetypal archetypal, MatrixProduct product) implements Factors {
    private static final double LEAST_SUM = 1e-8;

    @Override
    public void pullBack(Parameters weights, Parameters gradient) {
        int width = weights.shape().width();
        float[] candidates_cd = weights.factor(Parameters.CANDIDATES);
        product.timesTransposed(
                gradient.wDec_sd(),
                weights.shape().latents(),
                candidates_cd,
                archetypal.candidates(),
                width,
                gradient.factor(Parameters.ARCHETYPE_WEIGHTS));
        float[] relaxation_sd = gradient.factor(Parameters.RELAXATION);
        System.arraycopy(gradient.wDec_sd(), 0, relaxation_sd, 0, relaxation_sd.length);
        Arrays.fill(gradient.wDec_sd(), 0);
    }

    @Override
    public void compose(Parameters weights) {
        int width = weights.shape().width();
        float[] weights_sc = weights.factor(Parameters.ARCHETYPE_WEIGHTS);
        float[] relaxation_sd = weights.factor(Parameters.RELAXATION);
        int count = archetypal.candidates();
        for (int latent = 0; latent < weights.shape().latents(); latent++) {
            makeConvex(weights_sc, latent * count, count);
            shorten(relaxation_sd, latent * width, width);
        }
        float[] candidates_dc = MatrixProduct.transposed(weights.factor(Parameters.CANDIDATES), count, width);
        product.timesTransposed(weights_sc, weights.shape().latents(), candidates_dc, width, count, weights.wDec_sd());
        for (int i = 0; i < relaxation_sd.length; i++) {
            weights.wDec_sd()[i] += relaxation_sd[i];
        }
    }

    private static void makeConvex(float[] values, int from, int length) {
        double sum = LEAST_SUM;
        for (int i = from; i < from + length; i++) {
            values[i] = Math.max(values[i], 0);
            sum += values[i];
        }
        for (int i = from; i < from + length; i++) {
            values[i] = (float) (values[i] / sum);
        }
    }

    private void shorten(float[] values, int from, int length) {
        double square = 0;
        for (int i = from; i < from + length; i++) {
            square += (double) values[i] * values[i];
        }
        double norm = Math.sqrt(square);
        if (norm > archetypal.relaxation()) {
            for (int i = from; i < from + length; i++) {
                values[i] = (float) (values[i] * archetypal.relaxation() / norm);
            }
        }
    }
}
