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
            double pivot = Math.sqrt(pivotRow[j] - Products.dot(pivotRow, pivotRow, j));
            pivotRow[j] = pivot;
            int column = j;
            IntStream.range(j + 1, lower.length)
                    .parallel()
                    .forEach(i ->
                            lower[i][column] = (lower[i][column] - Products.dot(lower[i], pivotRow, column)) / pivot);
        }
        return new Cholesky(lower);
    }

    int size() {
        return factor.length;
    }

    /** {@code L^-1 a} in place of the first entries of {@code a}. */
    void solveLower(double[] a) {
        for (int i = 0; i < factor.length; i++) {
            a[i] = (a[i] - Products.dot(factor[i], a, i)) / factor[i][i];
        }
    }

    /** {@code A^-1 a} in place of the first entries of {@code a}. */
    void solve(double[] a) {
        solveLower(a);
        for (int i = factor.length - 1; i >= 0; i--) {
            double[] row = factor[i];
            double solved = a[i] / row[i];
            a[i] = solved;
            Products.add(a, -solved, row, i);
        }
    }
}
