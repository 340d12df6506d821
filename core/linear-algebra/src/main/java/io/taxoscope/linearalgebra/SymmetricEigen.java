package io.taxoscope.linearalgebra;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Eigenvalues in descending order with orthonormal eigenvectors. An eigenvector's sign is free: here its element of
 * greatest magnitude is positive, the first of several.
 */
public final class SymmetricEigen {
    private final double[] values_d;
    private final double[] vectors_dd;

    private SymmetricEigen(double[] values_d, double[] vectors_dd) {
        this.values_d = values_d;
        this.vectors_dd = vectors_dd;
    }

    /** @param columns_dd a row for each eigenvector, in the order of {@code values_d} */
    static SymmetricEigen of(double[] values_d, double[] columns_dd) {
        int d = values_d.length;
        int[] order = IntStream.range(0, d)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -values_d[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] sorted_d = new double[d];
        double[] rows_dd = new double[columns_dd.length];
        for (int i = 0; i < d; i++) {
            sorted_d[i] = values_d[order[i]];
            double sign = sign(columns_dd, order[i] * d, d);
            for (int j = 0; j < d; j++) {
                rows_dd[i * d + j] = sign * columns_dd[order[i] * d + j];
            }
        }
        return new SymmetricEigen(sorted_d, rows_dd);
    }

    private static double sign(double[] vectors, int at, int d) {
        int greatest = at;
        for (int i = at; i < at + d; i++) {
            if (Math.abs(vectors[i]) > Math.abs(vectors[greatest])) {
                greatest = i;
            }
        }
        return vectors[greatest] < 0 ? -1 : 1;
    }

    /** Descending; live, not a copy. */
    public double[] values_d() {
        return values_d;
    }

    /** A row for each eigenvalue; live, not a copy. */
    public double[] vectors_dd() {
        return vectors_dd;
    }
}
