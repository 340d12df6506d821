package io.taxoscope.sae.training;

import io.taxoscope.sae.DecoderConstraint;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.kernel.DerivedRows;
import java.util.Random;

/**
 * Where an archetypal decoder starts: the first latents each at a candidate, further ones between two that are drawn; no
 * relaxation; encoder rows along the decoder's, such that an input equal to a row has pre-activation 1.
 */
final class Archetypes {
    private Archetypes() {}

    /** @param points_nd a sample of the scaled activations, less the starting {@code b_dec} */
    static Parameters of(DecoderConstraint.Archetypal archetypal, Parameters weights, float[] points_nd, long seed) {
        int width = weights.shape().width();
        int count = archetypal.candidates();
        Random random = new Random(seed);
        float[] candidates_cd = KMeans.centres(points_nd, width, count, random);
        float[] weights_sc = new float[Math.multiplyExact(weights.shape().latents(), count)];
        for (int latent = 0; latent < weights.shape().latents(); latent++) {
            float share = latent < count ? 1 : random.nextFloat();
            weights_sc[latent * count + (latent < count ? latent : random.nextInt(count))] += share;
            weights_sc[latent * count + random.nextInt(count)] += 1 - share;
        }
        Parameters archetypes = weights.withFactor(Parameters.ARCHETYPE_WEIGHTS, weights_sc)
                .withFactor(Parameters.RELAXATION, new float[weights.shape().elements()])
                .withFactor(Parameters.CANDIDATES, candidates_cd);
        DerivedRows.ofArchetypes(archetypal, archetypes);
        alignEncoder(archetypes);
        return archetypes;
    }

    private static void alignEncoder(Parameters weights) {
        int width = weights.shape().width();
        for (int row = 0; row < weights.wDec_sd().length; row += width) {
            double square = 1e-12;
            for (int i = row; i < row + width; i++) {
                square += (double) weights.wDec_sd()[i] * weights.wDec_sd()[i];
            }
            for (int i = row; i < row + width; i++) {
                weights.wEnc_sd()[i] = (float) (weights.wDec_sd()[i] / square);
            }
        }
    }
}
