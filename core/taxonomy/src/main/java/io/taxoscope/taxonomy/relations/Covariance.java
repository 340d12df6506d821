package io.taxoscope.taxonomy.relations;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The covariance of activations, divided by the number of examples: at most 20,000 of them, evenly spaced. */
final class Covariance {
    static final int MOST_EXAMPLES = 20_000;

    /** Examples at a time: as many as the second cache holds at a width of some thousands. */
    private static final int BLOCK = 32;

    private final double[][] lower;

    private Covariance(double[][] lower) {
        this.lower = lower;
    }

    static Covariance of(DenseRows activations) {
        int n = activations.nExamples();
        int taken = Math.min(n, MOST_EXAMPLES);
        int[] examples =
                IntStream.range(0, taken).map(i -> (int) ((long) i * n / taken)).toArray();
        int d = activations.width();
        double[] mean = new double[d];
        forEachBlock(activations, examples, (block_bd, rows) -> {
            for (int i = 0; i < rows * d; i++) {
                mean[i % d] += block_bd[i] / taken;
            }
        });
        double[][] sums = new double[d][];
        Arrays.setAll(sums, i -> new double[i + 1]);
        double[] centred = new double[BLOCK * d];
        forEachBlock(activations, examples, (block_bd, rows) -> {
            for (int i = 0; i < rows * d; i++) {
                centred[i] = block_bd[i] - mean[i % d];
            }
            IntStream.range(0, d).parallel().forEach(row -> addOuter(sums[row], centred, rows, d, row));
        });
        for (double[] row : sums) {
            for (int j = 0; j < row.length; j++) {
                row[j] /= taken;
            }
        }
        return new Covariance(sums);
    }

    int width() {
        return lower.length;
    }

    double meanVariance() {
        double trace = 0;
        for (int i = 0; i < lower.length; i++) {
            trace += lower[i][i];
        }
        return trace / lower.length;
    }

    /** The factor of {@code scale * S + ridge * I}. */
    Cholesky factor(double scale, double ridge) {
        double[][] a = new double[lower.length][];
        for (int i = 0; i < a.length; i++) {
            a[i] = lower[i].clone();
            for (int j = 0; j < a[i].length; j++) {
                a[i][j] *= scale;
            }
            a[i][i] += ridge;
        }
        return Cholesky.of(a);
    }

    /** Four examples at a time: the row of sums is the greater part of what has to be moved. */
    private static void addOuter(double[] sum, double[] centred_bd, int rows, int d, int row) {
        int b = 0;
        for (; b + 3 < rows; b += 4) {
            int at = b * d;
            double p = centred_bd[at + row];
            double q = centred_bd[at + d + row];
            double r = centred_bd[at + 2 * d + row];
            double s = centred_bd[at + 3 * d + row];
            for (int j = 0; j <= row; j++) {
                sum[j] = sum[j]
                        + p * centred_bd[at + j]
                        + q * centred_bd[at + d + j]
                        + r * centred_bd[at + 2 * d + j]
                        + s * centred_bd[at + 3 * d + j];
            }
        }
        for (; b < rows; b++) {
            double factor = centred_bd[b * d + row];
            for (int j = 0; j <= row; j++) {
                sum[j] += factor * centred_bd[b * d + j];
            }
        }
    }

    private interface Block {
        void use(float[] block_bd, int rows);
    }

    private static void forEachBlock(DenseRows activations, int[] examples, Block use) {
        float[] block_bd = new float[BLOCK * activations.width()];
        for (int first = 0; first < examples.length; first += BLOCK) {
            int rows = Math.min(BLOCK, examples.length - first);
            activations.gather(Arrays.copyOfRange(examples, first, first + rows), rows, block_bd);
            use.use(block_bd, rows);
        }
    }
}
