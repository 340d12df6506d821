package io.taxoscope.taxonomy.relations;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A mean beside what it would be without the thing that it measures.
 *
 * @param n values that the mean is over
 * @param ciLow the 2.5 % quantile of resampled means, {@code ciHigh} the 97.5 % (Efron 1979)
 * @param control the mean of the control's draws
 * @param controlSd standard deviation of the draws' means; absent for a control that is exact
 */
public record ControlledMean(
        int n,
        @Nullable Double mean,
        @Nullable Double ciLow,
        @Nullable Double ciHigh,
        @Nullable Double control,
        @Nullable Double controlSd) {

    /** @param draws the control's mean in each draw; draws without any value are NaN and left out */
    static ControlledMean of(double[] values, double[] draws, int bootstrap, long seed) {
        double[] drawn = DoubleStream.of(draws).filter(Double::isFinite).toArray();
        return of(
                values,
                drawn.length == 0 ? null : mean(drawn),
                drawn.length < 2 ? null : deviation(drawn),
                bootstrap,
                seed);
    }

    static ControlledMean exact(double[] values, @Nullable Double control, int bootstrap, long seed) {
        return of(values, control, null, bootstrap, seed);
    }

    private static ControlledMean of(
            double[] values, @Nullable Double control, @Nullable Double controlSd, int bootstrap, long seed) {
        if (values.length == 0) {
            return new ControlledMean(0, null, null, null, control, controlSd);
        }
        double mean = mean(values);
        if (bootstrap == 0) {
            return new ControlledMean(values.length, mean, null, null, control, controlSd);
        }
        double[] means = resampledMeans(values, bootstrap, seed);
        Arrays.sort(means);
        return new ControlledMean(
                values.length, mean, quantile(means, 0.025), quantile(means, 0.975), control, controlSd);
    }

    static double mean(double[] values) {
        return DoubleStream.of(values).average().orElse(Double.NaN);
    }

    /** Of a sample; 0 for fewer than two values. */
    static double deviation(double[] values) {
        double mean = mean(values);
        double squares =
                DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).sum();
        return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
    }

    /** Interpolated linearly between order statistics (NumPy's default). */
    static double quantile(double[] sorted, double q) {
        double at = q * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    private static double[] resampledMeans(double[] values, int bootstrap, long seed) {
        double[] means = new double[bootstrap];
        IntStream.range(0, bootstrap).parallel().forEach(resample -> {
            var random = Seeded.BOOTSTRAP.stream(seed, resample);
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += values[random.nextInt(values.length)];
            }
            means[resample] = sum / values.length;
        });
        return means;
    }
}
