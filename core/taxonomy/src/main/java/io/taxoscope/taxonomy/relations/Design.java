package io.taxoscope.taxonomy.relations;

import java.util.Arrays;

/** Examples as rows of a matrix whose columns are shifted and scaled on the fly, so that the values stay as they were. */
final class Design {
    private final float[] x_nd;
    private final int n;
    private final int d;
    private final double[] shift_d;
    private final double[] scale_d;

    private Design(float[] x_nd, int n, int d, double[] shift_d, double[] scale_d) {
        this.x_nd = x_nd;
        this.n = n;
        this.d = d;
        this.shift_d = shift_d;
        this.scale_d = scale_d;
    }

    /** Columns centred; all divided by the root of their mean variance, which leaves angles as they are. */
    static Design isotropic(float[] x_nd, int n, int d) {
        double[] mean = mean(x_nd, n, d);
        double[] variance = variance(x_nd, n, d, mean);
        double total = 0;
        for (double each : variance) {
            total += each;
        }
        double[] scale = new double[d];
        Arrays.fill(scale, total > 0 ? Math.sqrt(d / total) : 1);
        return new Design(x_nd, n, d, mean, scale);
    }

    /** Columns centred and divided each by its own deviation. */
    static Design standardised(float[] x_nd, int n, int d) {
        double[] mean = mean(x_nd, n, d);
        double[] scale = variance(x_nd, n, d, mean);
        for (int j = 0; j < d; j++) {
            scale[j] = scale[j] > 0 ? 1 / Math.sqrt(scale[j]) : 1;
        }
        return new Design(x_nd, n, d, mean, scale);
    }

    int rows() {
        return n;
    }

    int columns() {
        return d;
    }

    /** The weights that act on raw values as {@code w} acts on shifted and scaled ones; the last entry is the bias. */
    double[] onRaw(double[] w, double bias) {
        double[] raw = new double[d + 1];
        raw[d] = bias;
        for (int j = 0; j < d; j++) {
            raw[j] = w[j] * scale_d[j];
            raw[d] -= raw[j] * shift_d[j];
        }
        return raw;
    }

    /** What the residual of a row is, the derivative of its loss by its margin. */
    @FunctionalInterface
    interface Residual {
        double of(int row, double margin);
    }

    /**
     * Adds the gradient of the rows' losses to that of the shifted and scaled weights; margins are {@code raw . x_i +
     * raw_d}. Each row is read once, while it is near.
     */
    void addGradient(double[] raw, Residual residuals, double[] gradient) {
        double[] sums = new double[d];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double residual = residuals.of(i, raw[d] + Products.dot(raw, x_nd, i * d, d));
            sum += residual;
            Products.add(sums, residual, x_nd, i * d, d);
        }
        for (int j = 0; j < d; j++) {
            gradient[j] += (sums[j] - shift_d[j] * sum) * scale_d[j];
        }
        gradient[d] += sum;
    }

    private static double[] mean(float[] x_nd, int n, int d) {
        double[] mean = new double[d];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                mean[j] += x_nd[i * d + j];
            }
        }
        for (int j = 0; j < d; j++) {
            mean[j] /= n;
        }
        return mean;
    }

    private static double[] variance(float[] x_nd, int n, int d, double[] mean) {
        double[] variance = new double[d];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                double off = x_nd[i * d + j] - mean[j];
                variance[j] += off * off / n;
            }
        }
        return variance;
    }
}
