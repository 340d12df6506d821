package io.taxoscope.taxonomy.scoring;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Small statistics over plain arrays. */
final class Statistics {
    private Statistics() {}

    /** Without NaN, which stands for no value. */
    static double[] present(double[] values) {
        return DoubleStream.of(values).filter(value -> !Double.isNaN(value)).toArray();
    }

    static double mean(double[] values) {
        return DoubleStream.of(values).average().orElse(Double.NaN);
    }

    /** Sample standard deviation; 0 for fewer than two values. */
    static double deviation(double[] values) {
        double mean = mean(values);
        double squares =
                DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).sum();
        return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
    }

    /** The {@code q}-quantile, interpolated linearly between order statistics (NumPy's default). */
    static double quantile(double[] values, double q) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double at = q * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
