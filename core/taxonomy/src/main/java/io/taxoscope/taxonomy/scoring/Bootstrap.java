package io.taxoscope.taxonomy.scoring;

import java.util.random.RandomGenerator;

/** Means of resamples with replacement (Efron 1979): their spread is that of the mean over other such latents. */
final class Bootstrap {
    private Bootstrap() {}

    static double[] means(double[] values, ScoringSpec spec) {
        RandomGenerator random = Randomness.BOOTSTRAP.stream(spec.seed(), 0);
        double[] means = new double[spec.bootstrap()];
        for (int resample = 0; resample < means.length; resample++) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += values[random.nextInt(values.length)];
            }
            means[resample] = sum / values.length;
        }
        return means;
    }
}
