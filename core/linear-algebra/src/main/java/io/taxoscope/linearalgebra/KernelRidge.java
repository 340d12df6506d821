package io.taxoscope.linearalgebra;

/**
 * Ridge regression onto class indicators in its dual form, which needs only dot products between examples and so suits wide
 * sparse codes as well as dense activations (Hastie, Tibshirani and Friedman 2009, §3.4.1 and §5.8.2; a prediction is the class
 * of greatest output, as in scikit-learn's {@code RidgeClassifier}). Inputs and targets are centred on the training half.
 */
public final class KernelRidge {
    private static final double ROUNDING = 1e-12;

    private final int n;
    private final double penalty;
    private final double[] rowMean_n;
    private final double mean;
    private final double[] upper_nn;

    /**
     * @param gram_nn dot products of the n training examples
     * @param relativePenalty the penalty as a share of the mean squared length of the centred training examples, above 0
     */
    public KernelRidge(double[] gram_nn, int n, double relativePenalty) {
        this.n = n;
        this.rowMean_n = new double[n];
        double all = 0;
        for (int at = 0; at < gram_nn.length; at++) {
            rowMean_n[at / n] += gram_nn[at] / n;
            all += gram_nn[at] / n / n;
        }
        this.mean = all;
        this.upper_nn = new double[n * n];
        double trace = 0;
        double uncentred = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                upper_nn[i * n + j] = gram_nn[i * n + j] - rowMean_n[i] - rowMean_n[j] + mean;
            }
            trace += upper_nn[i * n + i];
            uncentred += gram_nn[i * n + i];
        }
        this.penalty = relativePenalty * trace / n;
        if (!(penalty > 0) || trace < ROUNDING * uncentred) {
            throw new IllegalArgumentException("examples that are all alike cannot be told apart");
        }
        factor();
    }

    /** The penalty that a library's {@code alpha} would be. */
    public double penalty() {
        return penalty;
    }

    /**
     * Predicts the class of other examples.
     *
     * @param label_n class of each training example, 0 to {@code classes} - 1
     * @param cross_en dot products of e other examples with the training examples
     */
    public int[] predict(int[] label_n, int classes, double[] cross_en, int e) {
        double[] share_c = new double[classes];
        for (int label : label_n) {
            share_c[label] += 1.0 / n;
        }
        double[] weight_nc = new double[n * classes];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < classes; c++) {
                weight_nc[i * classes + c] = (label_n[i] == c ? 1 : 0) - share_c[c];
            }
        }
        solve(weight_nc, classes);
        int[] predicted_e = new int[e];
        for (int example = 0; example < e; example++) {
            predicted_e[example] = predict(weight_nc, share_c, cross_en, example * n);
        }
        return predicted_e;
    }

    private int predict(double[] weight_nc, double[] share_c, double[] cross_en, int at) {
        double crossMean = 0;
        for (int i = 0; i < n; i++) {
            crossMean += cross_en[at + i] / n;
        }
        double[] output_c = share_c.clone();
        for (int i = 0; i < n; i++) {
            addTimes(
                    cross_en[at + i] - crossMean - rowMean_n[i] + mean,
                    weight_nc,
                    i * output_c.length,
                    output_c,
                    0,
                    output_c.length);
        }
        int best = 0;
        for (int c = 1; c < output_c.length; c++) {
            best = output_c[c] > output_c[best] ? c : best;
        }
        return best;
    }

    /** Cholesky's {@code K + penalty = Uᵀ U} (Golub and Van Loan, algorithm 4.2.2), row by row. */
    private void factor() {
        for (int k = 0; k < n; k++) {
            upper_nn[k * n + k] += penalty;
        }
        for (int k = 0; k < n; k++) {
            double root = Math.sqrt(upper_nn[k * n + k]);
            for (int j = k; j < n; j++) {
                upper_nn[k * n + j] /= root;
            }
            for (int i = k + 1; i < n; i++) {
                addTimes(-upper_nn[k * n + i], upper_nn, k * n + i, upper_nn, i * n + i, n - i);
            }
        }
    }

    /** Replaces the right-hand sides by the solution. */
    private void solve(double[] x_nc, int c) {
        for (int i = 0; i < n; i++) {
            scale(x_nc, i * c, c, 1 / upper_nn[i * n + i]);
            for (int j = i + 1; j < n; j++) {
                addTimes(-upper_nn[i * n + j], x_nc, i * c, x_nc, j * c, c);
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int j = i + 1; j < n; j++) {
                addTimes(-upper_nn[i * n + j], x_nc, j * c, x_nc, i * c, c);
            }
            scale(x_nc, i * c, c, 1 / upper_nn[i * n + i]);
        }
    }

    private static void addTimes(double factor, double[] from, int at, double[] to, int toAt, int length) {
        for (int i = 0; i < length; i++) {
            to[toAt + i] += factor * from[at + i];
        }
    }

    private static void scale(double[] values, int at, int length, double factor) {
        for (int i = at; i < at + length; i++) {
            values[i] *= factor;
        }
    }
}
