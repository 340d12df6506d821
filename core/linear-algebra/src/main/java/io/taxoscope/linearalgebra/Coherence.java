package io.taxoscope.linearalgebra;

/**
 * How close the directions of a dictionary come to each other. Zero rows are no directions and are left out.
 *
 * @param nDirections rows that are not zero
 * @param mutual greatest |cosine| of two directions (Donoho and Huo 2001: mutual coherence)
 * @param meanAbsolute mean |cosine| over all pairs
 * @param meanNearest mean over directions of the greatest |cosine| with another
 * @param meanSquared mean squared cosine over all pairs: the decoder orthogonality that MSAE reports
 * @param babel greatest sum of |cosine| of one direction with {@code babelOf} others (Tropp 2004, eq. 2.2)
 * @param babelOf number of others in that sum
 * @param effectiveRank exponential of the entropy of the normalised singular values (Roy and Vetterli 2007)
 */
public record Coherence(
        int nDirections,
        double mutual,
        double meanAbsolute,
        double meanNearest,
        double meanSquared,
        double babel,
        int babelOf,
        double effectiveRank) {
    /** Rows whose cosines are in memory together. */
    private static final int BLOCK = 512;

    /**
     * Of the rows of {@code rows_nd}.
     *
     * @param babelOf others that a code may activate beside a direction, usually k - 1 or the rounded L0 - 1
     * @throws IllegalArgumentException with fewer than two rows that are not zero
     */
    public static Coherence of(LinearAlgebra algebra, float[] rows_nd, int n, int d, int babelOf) {
        double[] unit_md = directions(UnitRows.of(rows_nd, n, d), n, d);
        int m = unit_md.length / d;
        if (m < 2) {
            throw new IllegalArgumentException("coherence needs two directions, not " + m);
        }
        int others = Math.clamp(babelOf, 1, m - 1);
        var sums = new Pairs(m, others);
        for (int first = 0; first < m; first += BLOCK) {
            int rows = Math.min(BLOCK, m - first);
            double[] cosine_rm = new double[rows * m];
            double[] block_rd = java.util.Arrays.copyOfRange(unit_md, first * d, (first + rows) * d);
            algebra.multiplyTransposed(block_rd, rows, unit_md, m, d, cosine_rm);
            for (int row = 0; row < rows; row++) {
                sums.add(cosine_rm, row * m, first + row);
            }
        }
        double pairs = (double) m * (m - 1);
        return new Coherence(
                m,
                sums.greatest,
                sums.absolute / pairs,
                sums.nearest / m,
                sums.squares / pairs,
                sums.babel,
                others,
                effectiveRank(algebra, unit_md, m, d));
    }

    private static double[] directions(double[] unit_nd, int n, int d) {
        double[] kept = new double[unit_nd.length];
        int m = 0;
        for (int row = 0; row < n; row++) {
            boolean isZero = true;
            for (int at = row * d; at < (row + 1) * d; at++) {
                isZero &= unit_nd[at] == 0;
            }
            if (!isZero) {
                System.arraycopy(unit_nd, row * d, kept, m++ * d, d);
            }
        }
        return java.util.Arrays.copyOf(kept, m * d);
    }

    private static double effectiveRank(LinearAlgebra algebra, double[] unit_md, int m, int d) {
        double[] gram_dd = new double[d * d];
        algebra.addGram(unit_md, m, d, gram_dd);
        double[] eigen = algebra.eigen(gram_dd, d).values_d();
        double sum = 0;
        for (double value : eigen) {
            sum += Math.sqrt(Math.max(0, value));
        }
        double entropy = 0;
        for (double value : eigen) {
            double share = Math.sqrt(Math.max(0, value)) / sum;
            entropy -= share > 0 ? share * Math.log(share) : 0;
        }
        return Math.exp(entropy);
    }

    /** What is summed over the pairs. */
    private static final class Pairs {
        private final int m;
        private final int others;
        private double greatest;
        private double absolute;
        private double squares;
        private double nearest;
        private double babel;

        Pairs(int m, int others) {
            this.m = m;
            this.others = others;
        }

        void add(double[] cosines, int at, int self) {
            double[] magnitude = new double[m - 1];
            for (int i = 0, to = 0; i < m; i++) {
                if (i != self) {
                    magnitude[to++] = Math.min(1, Math.abs(cosines[at + i]));
                }
            }
            for (double value : magnitude) {
                absolute += value;
                squares += value * value;
            }
            java.util.Arrays.sort(magnitude);
            double strongest = 0;
            for (int i = 0; i < others; i++) {
                strongest += magnitude[magnitude.length - 1 - i];
            }
            babel = Math.max(babel, strongest);
            nearest += magnitude[magnitude.length - 1];
            greatest = Math.max(greatest, magnitude[magnitude.length - 1]);
        }
    }
}
