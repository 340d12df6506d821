package io.taxoscope.linearalgebra;

/** Whether what a library calls eigenvectors are some: A V = V Λ and Vᵀ V = 1, to within rounding. */
final class EigenCheck {
    private static final double TOLERANCE = 1e-8;

    private EigenCheck() {}

    static boolean holds(LinearAlgebra algebra, double[] symmetric_dd, int d, SymmetricEigen eigen) {
        double[] v_dd = eigen.vectors_dd();
        double[] values_d = eigen.values_d();
        double greatest = Math.max(Math.abs(values_d[0]), Math.abs(values_d[d - 1]));
        double[] product_dd = new double[d * d];
        algebra.multiplyTransposed(v_dd, d, symmetric_dd, d, d, product_dd);
        double[] gram_dd = new double[d * d];
        algebra.multiplyTransposed(v_dd, d, v_dd, d, d, gram_dd);
        double error = 0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                int at = i * d + j;
                error = Math.max(error, Math.abs(product_dd[at] - values_d[i] * v_dd[at]) / Math.max(greatest, 1e-300));
                error = Math.max(error, Math.abs(gram_dd[at] - (i == j ? 1 : 0)));
            }
        }
        return error < TOLERANCE;
    }
}
