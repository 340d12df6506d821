package io.taxoscope.linearalgebra;

/**
 * Dense float64 arithmetic on row-major matrices. {@link ReferenceLinearAlgebra} says what is computed, {@link
 * Nd4jLinearAlgebra} says how to do it fast; they agree to within rounding.
 */
public sealed interface LinearAlgebra permits ReferenceLinearAlgebra, Nd4jLinearAlgebra {
    /** What runs, for a log line or a provenance record. */
    String name();

    /** Adds {@code xᵀ x} of the first {@code n} rows of {@code x_nd} to {@code gram_dd}. */
    void addGram(double[] x_nd, int n, int d, double[] gram_dd);

    /** Writes {@code a bᵀ}, the dot product of every row of {@code a_nd} with every row of {@code b_md}. */
    void multiplyTransposed(double[] a_nd, int n, double[] b_md, int m, int d, double[] out_nm);

    /**
     * Eigenvalues and eigenvectors of a symmetric matrix.
     *
     * @throws IllegalArgumentException when an element is NaN or infinite
     */
    SymmetricEigen eigen(double[] symmetric_dd, int d);

    /** Cosine of every row of {@code a_nd} with every row of {@code b_md}, [n, m]; 0 where a row is zero. */
    default double[] cosines(float[] a_nd, int n, float[] b_md, int m, int d) {
        double[] out_nm = new double[Math.multiplyExact(n, m)];
        multiplyTransposed(UnitRows.of(a_nd, n, d), n, UnitRows.of(b_md, m, d), m, d, out_nm);
        return out_nm;
    }

    /** The fastest one that this machine can run; the first call loads native code, which takes a second or more. */
    static LinearAlgebra ofThisMachine() {
        return Chosen.ALGEBRA;
    }
}
