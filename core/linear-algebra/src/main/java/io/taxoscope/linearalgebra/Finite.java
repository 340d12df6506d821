package io.taxoscope.linearalgebra;

/** LAPACK does not return from a matrix with a NaN on every machine, so none may come that far. */
final class Finite {
    private Finite() {}

    static void require(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a matrix with an element " + value + " has no eigenvalues");
            }
        }
    }
}
