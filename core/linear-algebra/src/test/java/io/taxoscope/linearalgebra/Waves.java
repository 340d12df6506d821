package io.taxoscope.linearalgebra;

/** The inputs of bench/python/representation_fixtures.py. */
final class Waves {
    private Waves() {}

    static double[] matrix(int rows, int columns, double seed) {
        double[] values = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                values[i * columns + j] = Math.sin(seed + 1.7 * i * i + 3.1 * i * j + 0.9 * j);
            }
        }
        return values;
    }

    static double[] gram(double[] a_nd, int n, double[] b_md, int m, int d) {
        double[] gram_nm = new double[n * m];
        new ReferenceLinearAlgebra().multiplyTransposed(a_nd, n, b_md, m, d, gram_nm);
        return gram_nm;
    }
}
