package io.taxoscope.taxonomy.relations;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * L2-regularised logistic regression with balanced classes: the minimum of
 * {@code |w|^2 / 2 + sum_i s_i log(1 + exp(-y_i (w . x_i + b)))}, {@code s_i = n / (2 n_class)}. This is scikit-learn's
 * {@code LogisticRegression(C=1, class_weight="balanced")}, solved to the end.
 */
final class LogisticRegression {
    private final double[] raw;

    private LogisticRegression(double[] raw) {
        this.raw = raw;
    }

    /**
     * About the second derivative where a probe of isotropic design ends: it makes the way there short, whatever its
     * scale. {@code I + n / 16 S / s^2}, between the greatest possible weight of an example, 1/4, and that of one far from
     * the border, 0.
     */
    static Cholesky curvature(Covariance covariance, int nExamples) {
        double variance = covariance.meanVariance();
        return covariance.factor(variance > 0 ? nExamples / 16.0 / variance : 0, 1);
    }

    static LogisticRegression fit(Design design, boolean[] isPositive) {
        return fit(design, isPositive, null);
    }

    /**
     * @param isPositive by row; both kinds must occur
     * @param curvature of the weights, for an easier way to the same minimum
     */
    static LogisticRegression fit(Design design, boolean[] isPositive, @Nullable Cholesky curvature) {
        int positives = 0;
        for (boolean each : isPositive) {
            positives += each ? 1 : 0;
        }
        int n = design.rows();
        int d = design.columns();
        double ofPositive = n / (2.0 * positives);
        double ofNegative = n / (2.0 * (n - positives));
        double[] theta = new double[d + 1];
        Lbfgs.minimise(
                (at, gradient) -> {
                    Arrays.fill(gradient, 0);
                    double[] losses = new double[n];
                    design.addGradient(
                            design.onRaw(at, at[d]),
                            (i, margin) -> {
                                double weight = isPositive[i] ? ofPositive : ofNegative;
                                double agreement = isPositive[i] ? margin : -margin;
                                losses[i] = weight * softplus(-agreement);
                                double push = weight * sigmoid(-agreement);
                                return isPositive[i] ? -push : push;
                            },
                            gradient);
                    double value = 0;
                    for (double loss : losses) {
                        value += loss;
                    }
                    for (int j = 0; j < d; j++) {
                        value += at[j] * at[j] / 2;
                        gradient[j] += at[j];
                    }
                    return value;
                },
                theta,
                curvature == null
                        ? null
                        : direction -> {
                            curvature.solve(direction);
                            direction[d] *= 16.0 / n;
                        });
        return new LogisticRegression(design.onRaw(theta, theta[d]));
    }

    /** The weight of a raw column. */
    double weight(int column) {
        return raw[column];
    }

    /** The decision for a raw row; positive says yes. */
    double decide(float[] x_nd, int at) {
        return raw[raw.length - 1] + Products.dot(raw, x_nd, at, raw.length - 1);
    }

    /** The unit vector along the weights; zeros when they are. */
    double[] direction() {
        double squares = 0;
        for (int j = 0; j < raw.length - 1; j++) {
            squares += raw[j] * raw[j];
        }
        double[] unit = new double[raw.length - 1];
        for (int j = 0; j < unit.length; j++) {
            unit[j] = squares == 0 ? 0 : raw[j] / Math.sqrt(squares);
        }
        return unit;
    }

    private static double softplus(double value) {
        return value > 0 ? value + Math.log1p(Math.exp(-value)) : Math.log1p(Math.exp(value));
    }

    private static double sigmoid(double value) {
        return value >= 0 ? 1 / (1 + Math.exp(-value)) : Math.exp(value) / (1 + Math.exp(value));
    }
}
