package io.taxoscope.sae;

/**
 * The input's elements, each less its mean and over its standard deviation: {@code x' = (x - mean) / deviation}. An SAE that
 * learned from x' is one of x with other weights: with {@code pre = w_enc (x' - b_dec) + b_enc} and {@code x̂' = z w_dec +
 * b_dec}, dividing the columns of w_enc by the deviations, multiplying those of w_dec and b_dec with them, and adding the
 * mean to b_dec gives the same codes of x, and x̂ in its units.
 */
public final class Standardiser {
    private final float[] mean_d;
    private final float[] deviation_d;

    /** @param deviation_d all positive; ones to take away the mean alone */
    public Standardiser(float[] mean_d, float[] deviation_d) {
        if (mean_d.length != deviation_d.length) {
            throw new IllegalArgumentException(mean_d.length + " means and " + deviation_d.length + " deviations");
        }
        this.mean_d = mean_d.clone();
        this.deviation_d = deviation_d.clone();
    }

    /** The source's activations x'. */
    public ActivationSource over(ActivationSource source) {
        return new Standardised(source);
    }

    /** Turns weights for x' into weights for x, in place. Their decoder rows are no longer as long as they were. */
    void foldInto(Parameters weights) {
        int width = mean_d.length;
        float[] wEnc_sd = weights.wEnc_sd();
        float[] wDec_sd = weights.wDec_sd();
        for (int at = 0; at < wEnc_sd.length; at++) {
            wEnc_sd[at] /= deviation_d[at % width];
            wDec_sd[at] *= deviation_d[at % width];
        }
        float[] bDec_d = weights.bDec_d();
        for (int i = 0; i < width; i++) {
            bDec_d[i] = bDec_d[i] * deviation_d[i] + mean_d[i];
        }
    }

    private final class Standardised implements ActivationSource {
        private final ActivationSource raw;

        private Standardised(ActivationSource raw) {
            this.raw = raw;
        }

        @Override
        public int nExamples() {
            return raw.nExamples();
        }

        @Override
        public int width() {
            return raw.width();
        }

        @Override
        public void rows(int first, int n, float[] out_bd) {
            raw.rows(first, n, out_bd);
            standardise(out_bd, n);
        }

        @Override
        public void gather(int[] rows, int count, float[] out_bd) {
            raw.gather(rows, count, out_bd);
            standardise(out_bd, count);
        }

        private void standardise(float[] x_bd, int n) {
            for (int b = 0; b < n; b++) {
                int row = b * mean_d.length;
                for (int i = 0; i < mean_d.length; i++) {
                    x_bd[row + i] = (x_bd[row + i] - mean_d[i]) / deviation_d[i];
                }
            }
        }
    }
}
