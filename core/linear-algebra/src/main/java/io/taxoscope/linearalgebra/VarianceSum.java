package io.taxoscope.linearalgebra;

/** Mean and variance of each coordinate of rows that come block by block, in float64, as in {@link CovarianceSum}. */
public final class VarianceSum {
    private final int d;
    private final double[] shift_d;
    private final double[] sum_d;
    private final double[] squares_d;
    private long n;

    public VarianceSum(int d) {
        this.d = d;
        this.shift_d = new double[d];
        this.sum_d = new double[d];
        this.squares_d = new double[d];
    }

    /** Adds the first {@code rows} rows of {@code x_bd}. */
    public void add(float[] x_bd, int rows) {
        for (int at = 0; n == 0 && at < rows * d; at++) {
            shift_d[at % d] += (double) x_bd[at] / rows;
        }
        for (int at = 0; at < rows * d; at++) {
            int i = at % d;
            double centred = x_bd[at] - shift_d[i];
            sum_d[i] += centred;
            squares_d[i] += centred * centred;
        }
        n += rows;
    }

    public double[] mean_d() {
        double[] mean_d = new double[d];
        for (int i = 0; i < d; i++) {
            mean_d[i] = shift_d[i] + sum_d[i] / n;
        }
        return mean_d;
    }

    /** Over all rows (divided by n, not n - 1). */
    public double[] variance_d() {
        double[] variance_d = new double[d];
        for (int i = 0; i < d; i++) {
            double mean = sum_d[i] / n;
            variance_d[i] = squares_d[i] / n - mean * mean;
        }
        return variance_d;
    }
}
