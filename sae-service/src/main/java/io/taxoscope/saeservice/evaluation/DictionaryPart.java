package io.taxoscope.saeservice.evaluation;

import io.taxoscope.api.sae.EvaluationView.Dictionary;
import io.taxoscope.linearalgebra.Coherence;
import io.taxoscope.linearalgebra.LinearAlgebra;
import io.taxoscope.sae.Parameters;

/** Cosines of decoder rows with each other and with encoder rows. */
final class DictionaryPart {
    /** Pairs grow with the square: 16,384 rows of 1,024 take some ten seconds on two cores. */
    private static final int MAX_ROWS = 16_384;

    private DictionaryPart() {}

    static Dictionary report(LinearAlgebra algebra, Parameters weights, double l0) {
        int d = weights.shape().width();
        int n = Math.min(MAX_ROWS, weights.shape().latents());
        float[] rows_nd = new float[n * d];
        for (int i = 0; i < n; i++) {
            int latent = (int) ((long) i * weights.shape().latents() / n);
            System.arraycopy(weights.wDec_sd(), latent * d, rows_nd, i * d, d);
        }
        int others = Math.max(1, (int) Math.round(l0) - 1);
        Coherence coherence = Coherence.of(algebra, rows_nd, n, d, others);
        return new Dictionary(
                coherence.nDirections(),
                coherence.mutual(),
                coherence.meanAbsolute(),
                coherence.meanNearest(),
                coherence.meanSquared(),
                coherence.babel(),
                coherence.babelOf(),
                coherence.effectiveRank(),
                encoderAlignment(weights));
    }

    /** Over latents with both rows. */
    private static double encoderAlignment(Parameters weights) {
        int d = weights.shape().width();
        double sum = 0;
        int count = 0;
        for (int at = 0; at < weights.wDec_sd().length; at += d) {
            double dot = 0;
            double encoder = 0;
            double decoder = 0;
            for (int i = at; i < at + d; i++) {
                dot += (double) weights.wEnc_sd()[i] * weights.wDec_sd()[i];
                encoder += (double) weights.wEnc_sd()[i] * weights.wEnc_sd()[i];
                decoder += (double) weights.wDec_sd()[i] * weights.wDec_sd()[i];
            }
            if (encoder > 0 && decoder > 0) {
                sum += dot / Math.sqrt(encoder * decoder);
                count++;
            }
        }
        return sum / count;
    }
}
