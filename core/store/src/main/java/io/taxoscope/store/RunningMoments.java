package io.taxoscope.store;

/** Mean and squared deviations of each dimension, one row at a time (Welford) or one part at a time (Chan et al. 1979). */
final class RunningMoments {
    private final double[] mean_d;
    private final double[] squares_d;
    private long rows;

    RunningMoments(int width) {
        this(0, new double[width], new double[width]);
    }

    RunningMoments(long rows, double[] mean_d, double[] squares_d) {
        this.rows = rows;
        this.mean_d = mean_d;
        this.squares_d = squares_d;
    }

    void add(float[] row_d) {
        rows++;
        double share = 1.0 / rows;
        for (int i = 0; i < mean_d.length; i++) {
            double delta = row_d[i] - mean_d[i];
            mean_d[i] += delta * share;
            squares_d[i] += delta * (row_d[i] - mean_d[i]);
        }
    }

    void add(RunningMoments other) {
        long total = rows + other.rows;
        double share = (double) other.rows / total;
        for (int i = 0; i < mean_d.length; i++) {
            double delta = other.mean_d[i] - mean_d[i];
            mean_d[i] += delta * share;
            squares_d[i] += other.squares_d[i] + delta * delta * rows * share;
        }
        rows = total;
    }

    double[] mean_d() {
        return mean_d;
    }

    /** For each dimension the sum of squared differences from its mean. */
    double[] squares_d() {
        return squares_d;
    }

    double squares() {
        double sum = 0;
        for (double squares : squares_d) {
            sum += squares;
        }
        return sum;
    }

    double trace() {
        return squares() / rows;
    }

    double squaredMean() {
        double sum = 0;
        for (double mean : mean_d) {
            sum += mean * mean;
        }
        return sum;
    }
}
