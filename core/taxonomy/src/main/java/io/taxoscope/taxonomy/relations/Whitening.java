package io.taxoscope.taxonomy.relations;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The inner product {@code a' (S + lambda I)^-1 b}, S the covariance of activations: with the Cholesky factor L of
 * {@code S + lambda I} it is the plain inner product of {@code L^-1 a} and {@code L^-1 b}.
 */
final class Whitening {
    static final int MOST_EXAMPLES = 20_000;
    /** lambda as a share of the mean variance of a coordinate. */
    static final double RIDGE = 0.01;

    private static final int BLOCK = 128;

    private final double[][] factor;

    private Whitening(double[][] factor) {
        this.factor = factor;
    }

    static Whitening of(DenseRows activations) {
        int n = activations.nExamples();
        int taken = Math.min(n, MOST_EXAMPLES);
        int[] examples =
                IntStream.range(0, taken).map(i -> (int) ((long) i * n / taken)).toArray();
        double[][] covariance = covariance(activations, examples);
        double trace = 0;
        for (int i = 0; i < covariance.length; i++) {
            trace += covariance[i][i];
        }
        double lambda = RIDGE * trace / covariance.length;
        if (!(lambda > 0)) {
            lambda = 1; // Constant activations: every direction counts alike.
        }
        for (int i = 0; i < covariance.length; i++) {
            covariance[i][i] += lambda;
        }
        return new Whitening(cholesky(covariance));
    }

    /** {@code L^-1 a}, by forward substitution. */
    double[] whiten(double[] a) {
        double[] white = a.clone();
        for (int i = 0; i < white.length; i++) {
            double sum = white[i];
            double[] row = factor[i];
            for (int j = 0; j < i; j++) {
                sum -= row[j] * white[j];
            }
            white[i] = sum / row[i];
        }
        return white;
    }

    /** Over the examples, each divided by their number: lower triangle and diagonal. */
    private static double[][] covariance(DenseRows activations, int[] examples) {
        int d = activations.width();
        double[] mean = new double[d];
        forEachBlock(activations, examples, (block_bd, n) -> {
            for (int i = 0; i < n * d; i++) {
                mean[i % d] += block_bd[i] / examples.length;
            }
        });
        double[][] sums = new double[d][];
        Arrays.setAll(sums, i -> new double[i + 1]);
        double[] centred = new double[BLOCK * d];
        forEachBlock(activations, examples, (block_bd, n) -> {
            for (int i = 0; i < n * d; i++) {
                centred[i] = block_bd[i] - mean[i % d];
            }
            IntStream.range(0, d).parallel().forEach(row -> addOuter(sums[row], centred, n, d, row));
        });
        for (double[] row : sums) {
            for (int j = 0; j < row.length; j++) {
                row[j] /= examples.length;
            }
        }
        return sums;
    }

    private static void addOuter(double[] sum, double[] centred_bd, int n, int d, int row) {
        for (int b = 0; b < n; b++) {
            double factor = centred_bd[b * d + row];
            int at = b * d;
            for (int j = 0; j <= row; j++) {
                sum[j] += factor * centred_bd[at + j];
            }
        }
    }

    private interface Block {
        void use(float[] block_bd, int n);
    }

    private static void forEachBlock(DenseRows activations, int[] examples, Block use) {
        float[] block_bd = new float[BLOCK * activations.width()];
        for (int first = 0; first < examples.length; first += BLOCK) {
            int n = Math.min(BLOCK, examples.length - first);
            activations.gather(Arrays.copyOfRange(examples, first, first + n), n, block_bd);
            use.use(block_bd, n);
        }
    }

    /** The lower factor, in place of the lower triangle (Golub and Van Loan, algorithm 4.2.1). */
    private static double[][] cholesky(double[][] a) {
        for (int j = 0; j < a.length; j++) {
            double[] pivotRow = a[j];
            double pivot = Math.sqrt(pivotRow[j] - squares(pivotRow, j));
            pivotRow[j] = pivot;
            int column = j;
            IntStream.range(j + 1, a.length).parallel().forEach(i -> {
                double sum = a[i][column];
                for (int k = 0; k < column; k++) {
                    sum -= a[i][k] * pivotRow[k];
                }
                a[i][column] = sum / pivot;
            });
        }
        return a;
    }

    private static double squares(double[] row, int length) {
        double sum = 0;
        for (int k = 0; k < length; k++) {
            sum += row[k] * row[k];
        }
        return sum;
    }
}
