package io.taxoscope.linearalgebra;

/**
 * Mean and covariance of rows that come block by block, in float64. The first block's mean is taken off every row before
 * products are summed, so that a mean far from zero costs no digits; what is left of the mean is taken off at the end.
 */
public final class CovarianceSum {
    private final LinearAlgebra algebra;
    private final int d;
    private final double[] shift_d;
    private final double[] sum_d;
    private final double[] gram_dd;
    private long n;

    public CovarianceSum(LinearAlgebra algebra, int d) {
        this.algebra = algebra;
        this.d = d;
        this.shift_d = new double[d];
        this.sum_d = new double[d];
        this.gram_dd = new double[Math.multiplyExact(d, d)];
    }

    /** Adds the first {@code rows} rows of {@code x_bd}. */
    public void add(float[] x_bd, int rows) {
        if (n == 0) {
            setShift(x_bd, rows);
        }
        double[] centred_bd = new double[rows * d];
        for (int at = 0; at < centred_bd.length; at++) {
            centred_bd[at] = x_bd[at] - shift_d[at % d];
            sum_d[at % d] += centred_bd[at];
        }
        algebra.addGram(centred_bd, rows, d, gram_dd);
        n += rows;
    }

    private void setShift(float[] x_bd, int rows) {
        for (int at = 0; at < rows * d; at++) {
            shift_d[at % d] += (double) x_bd[at] / rows;
        }
    }

    public double[] mean_d() {
        double[] mean_d = new double[d];
        for (int i = 0; i < d; i++) {
            mean_d[i] = shift_d[i] + sum_d[i] / n;
        }
        return mean_d;
    }

    /** Mean of the products of centred coordinates, over all rows (divided by n, not n - 1). */
    public double[] covariance_dd() {
        double[] covariance_dd = new double[gram_dd.length];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                covariance_dd[i * d + j] = gram_dd[i * d + j] / n - sum_d[i] / n * (sum_d[j] / n);
            }
        }
        return covariance_dd;
    }
}
