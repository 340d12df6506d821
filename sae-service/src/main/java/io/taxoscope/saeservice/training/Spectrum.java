package io.taxoscope.saeservice.training;

import io.taxoscope.linearalgebra.CovarianceSum;
import io.taxoscope.linearalgebra.LinearAlgebra;
import io.taxoscope.sae.ActivationSource;

/**
 * Where activations lie and how they spread.
 *
 * @param gamma {@code |mu| / |sigma|}, with sigma the standard deviations of the coordinates
 * @param participationRatio {@code (sum lambda)² / sum lambda²}
 * @param entropyRank exponential of the entropy of {@code lambda / sum lambda} (Roy and Vetterli 2007)
 * @param greatestShare greatest eigenvalue over the sum of all
 */
record Spectrum(double gamma, double participationRatio, double entropyRank, double greatestShare) {
    private static final int ROWS = 1024;

    static Spectrum of(ActivationSource source, LinearAlgebra algebra) {
        int d = source.width();
        var moments = new CovarianceSum(algebra, d);
        float[] x_bd = new float[ROWS * d];
        for (int first = 0; first < source.nExamples(); first += ROWS) {
            int rows = Math.min(ROWS, source.nExamples() - first);
            source.rows(first, rows, x_bd);
            moments.add(x_bd, rows);
        }
        double squaredMean = 0;
        for (double mean : moments.mean_d()) {
            squaredMean += mean * mean;
        }
        return of(squaredMean, algebra.eigen(moments.covariance_dd(), d).values_d());
    }

    /** @param values_d eigenvalues; rounding may have made some of them negative */
    static Spectrum of(double squaredMean, double[] values_d) {
        double sum = 0;
        double squares = 0;
        double greatest = 0;
        for (double value : values_d) {
            double variance = Math.max(0, value);
            sum += variance;
            squares += variance * variance;
            greatest = Math.max(greatest, variance);
        }
        double entropy = 0;
        for (double value : values_d) {
            double share = Math.max(0, value) / sum;
            entropy -= share > 0 ? share * Math.log(share) : 0;
        }
        return new Spectrum(Math.sqrt(squaredMean / sum), sum * sum / squares, Math.exp(entropy), greatest / sum);
    }
}
