package io.taxoscope.sae.training;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.sae.ActivationSource;
import io.taxoscope.sae.SaeError;
import java.util.Arrays;

/** Mean and variance of a whole set of activations, in float64, from one pass that also finds numbers that are none. */
final class Moments {
    private static final int ROWS = 1024;
    /** Variance below this share of the mean square is rounding of float32 inputs. */
    private static final double ROUNDING = 1e-12;

    private final int nExamples;
    private final double[] mean_d;
    private final double[] square_d;
    private double squares;
    private double norms;

    private Moments(ActivationSource source) {
        this.nExamples = source.nExamples();
        this.mean_d = new double[source.width()];
        this.square_d = new double[source.width()];
    }

    static Moments of(ActivationSource source) {
        Moments moments = new Moments(source);
        float[] x_bd = new float[ROWS * source.width()];
        for (int first = 0; first < source.nExamples(); first += ROWS) {
            int rows = Math.min(ROWS, source.nExamples() - first);
            source.rows(first, rows, x_bd);
            moments.add(x_bd, first, rows);
        }
        for (int i = 0; i < moments.mean_d.length; i++) {
            moments.mean_d[i] /= moments.nExamples;
        }
        moments.requireVariance();
        return moments;
    }

    float[] mean_d() {
        float[] mean = new float[mean_d.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) mean_d[i];
        }
        return mean;
    }

    /** Standard deviation of each element, over the number of examples; 1 for one that does not vary. */
    float[] deviation_d() {
        float[] deviation_d = ones_d();
        for (int i = 0; i < deviation_d.length; i++) {
            double meanSquare = square_d[i] / nExamples;
            double variance = meanSquare - mean_d[i] * mean_d[i];
            if (variance > ROUNDING * meanSquare) {
                deviation_d[i] = (float) Math.sqrt(variance);
            }
        }
        return deviation_d;
    }

    float[] ones_d() {
        float[] ones_d = new float[mean_d.length];
        Arrays.fill(ones_d, 1);
        return ones_d;
    }

    /** Mean over examples and elements of {@code (x - point)²}. */
    double meanSquareAbout(float[] point_d) {
        double distance = 0;
        for (int i = 0; i < mean_d.length; i++) {
            distance += (mean_d[i] - point_d[i]) * (mean_d[i] - point_d[i]);
        }
        return (variance() + distance) / mean_d.length;
    }

    /** Mean over examples of {@code |x|}. */
    double meanNorm() {
        return norms / nExamples;
    }

    /** Mean over examples of {@code |x - mean|²}. */
    private double variance() {
        double ofMean = 0;
        for (double mean : mean_d) {
            ofMean += mean * mean;
        }
        return squares / nExamples - ofMean;
    }

    private void add(float[] x_bd, int first, int rows) {
        int width = mean_d.length;
        for (int row = 0; row < rows; row++) {
            double square = 0;
            for (int i = 0; i < width; i++) {
                float x = x_bd[row * width + i];
                mean_d[i] += x;
                square_d[i] += (double) x * x;
                square += (double) x * x;
            }
            if (!Double.isFinite(square)) {
                throw new TaxoscopeException(
                        SaeError.ACTIVATIONS_NOT_FINITE,
                        "example " + (first + row) + " has an activation that is NaN or infinite; leave the image out"
                                + " or look for the fault in the model");
            }
            squares += square;
            norms += Math.sqrt(square);
        }
    }

    private void requireVariance() {
        if (variance() <= ROUNDING * squares / nExamples) {
            throw new TaxoscopeException(
                    SaeError.ACTIVATIONS_CONSTANT,
                    "all " + nExamples + " examples have the same activation, so there is nothing to learn here;"
                            + " choose a later layer or another token");
        }
    }
}
