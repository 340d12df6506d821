package io.taxoscope.taxonomy.relations;

import java.util.stream.IntStream;

/** The lower factor L of a positive definite matrix {@code A = L L'} (Golub and Van Loan, algorithm 4.2.1). */
final class Cholesky {
    private final double[][] factor;

    private Cholesky(double[][] factor) {
        this.factor = factor;
    }

    /** @param lower the lower triangle with its diagonal; becomes the factor */
    static Cholesky of(double[][] lower) {
        for (int j = 0; j < lower.length; j++) {
            double[] pivotRow = lower[j];
            double pivot = Math.sqrt(pivotRow[j] - dot(pivotRow, pivotRow, j));
            pivotRow[j] = pivot;
            int column = j;
            IntStream.range(j + 1, lower.length)
                    .parallel()
                    .forEach(i -> lower[i][column] = (lower[i][column] - dot(lower[i], pivotRow, column)) / pivot);
        }
        return new Cholesky(lower);
    }

    int size() {
        return factor.length;
    }

    /** {@code L^-1 a} in place of the first entries of {@code a}. */
    void solveLower(double[] a) {
        for (int i = 0; i < factor.length; i++) {
            a[i] = (a[i] - dot(factor[i], a, i)) / factor[i][i];
        }
    }

    /** {@code A^-1 a} in place of the first entries of {@code a}. */
    void solve(double[] a) {
        solveLower(a);
        for (int i = factor.length - 1; i >= 0; i--) {
            double[] row = factor[i];
            double solved = a[i] / row[i];
            a[i] = solved;
            for (int j = 0; j < i; j++) {
                a[j] -= solved * row[j];
            }
        }
    }

    /** Of the first entries. Four running sums: one would make each addition wait for the one before. */
    private static double dot(double[] a, double[] b, int length) {
        double s = 0;
        double t = 0;
        double u = 0;
        double v = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            s += a[i] * b[i];
            t += a[i + 1] * b[i + 1];
            u += a[i + 2] * b[i + 2];
            v += a[i + 3] * b[i + 3];
        }
        for (; i < length; i++) {
            s += a[i] * b[i];
        }
        return (s + t) + (u + v);
    }
}
