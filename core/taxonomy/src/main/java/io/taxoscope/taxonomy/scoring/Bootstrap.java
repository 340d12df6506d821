package io.taxoscope.taxonomy.scoring;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Means of resamples with replacement (Efron 1979): their spread is that of the mean over other such latents. */
final class Bootstrap {
    private Bootstrap() {}

    /**
     * For each column the means of all resamples of its rows. All columns share the resamples. NaN is no value: it does
     * not count in a mean.
     */
    static double[][] means(double[][] columns, ScoringSpec spec) {
        int nRows = columns[0].length;
        double[] rows = rowMajor(columns, nRows);
        double[][] means = new double[columns.length][spec.bootstrap()];
        IntStream.range(0, spec.bootstrap()).parallel().forEach(resample -> {
            double[] own = resample(rows, columns.length, Randomness.BOOTSTRAP.stream(spec.seed(), resample));
            for (int column = 0; column < columns.length; column++) {
                means[column][resample] = own[column];
            }
        });
        return means;
    }

    private static double[] rowMajor(double[][] columns, int nRows) {
        double[] rows = new double[columns.length * nRows];
        for (int row = 0; row < nRows; row++) {
            for (int column = 0; column < columns.length; column++) {
                rows[row * columns.length + column] = columns[column][row];
            }
        }
        return rows;
    }

    private static double[] resample(double[] rows, int width, RandomGenerator random) {
        int nRows = rows.length / width;
        double[] sums = new double[width];
        int[] counts = new int[width];
        for (int i = 0; i < nRows; i++) {
            int at = random.nextInt(nRows) * width;
            for (int column = 0; column < width; column++) {
                double value = rows[at + column];
                if (!Double.isNaN(value)) {
                    sums[column] += value;
                    counts[column]++;
                }
            }
        }
        Arrays.setAll(sums, column -> sums[column] / counts[column]);
        return sums;
    }
}
