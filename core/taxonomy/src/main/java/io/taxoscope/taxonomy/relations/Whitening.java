package io.taxoscope.taxonomy.relations;

/**
 * The inner product {@code a' (S + lambda I)^-1 b}, S the covariance of activations: with the Cholesky factor L of
 * {@code S + lambda I} it is the plain inner product of {@code L^-1 a} and {@code L^-1 b}.
 */
final class Whitening {
    /** lambda as a share of the mean variance of a coordinate. */
    static final double RIDGE = 0.01;

    private final Cholesky factor;

    private Whitening(Cholesky factor) {
        this.factor = factor;
    }

    static Whitening of(Covariance covariance) {
        double lambda = RIDGE * covariance.meanVariance();
        // Where activations are constant every direction counts alike.
        return new Whitening(covariance.factor(1, lambda > 0 ? lambda : 1));
    }

    double[] whiten(double[] a) {
        double[] white = a.clone();
        factor.solveLower(white);
        return white;
    }
}
