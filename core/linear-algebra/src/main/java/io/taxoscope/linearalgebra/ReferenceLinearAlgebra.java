package io.taxoscope.linearalgebra;

/** Plain loops, written to be read. */
final class ReferenceLinearAlgebra implements LinearAlgebra {
    private static final int MAX_SWEEPS = 64;

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void addGram(double[] x_nd, int n, int d, double[] gram_dd) {
        for (int row = 0; row < n; row++) {
            for (int i = 0; i < d; i++) {
                double x = x_nd[row * d + i];
                for (int j = 0; j < d; j++) {
                    gram_dd[i * d + j] += x * x_nd[row * d + j];
                }
            }
        }
    }

    @Override
    public void multiplyTransposed(double[] a_nd, int n, double[] b_md, int m, int d, double[] out_nm) {
        for (int row = 0; row < n; row++) {
            for (int column = 0; column < m; column++) {
                double sum = 0;
                for (int i = 0; i < d; i++) {
                    sum += a_nd[row * d + i] * b_md[column * d + i];
                }
                out_nm[row * m + column] = sum;
            }
        }
    }

    /** Cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, 4th ed., algorithm 8.5.3). */
    @Override
    public SymmetricEigen eigen(double[] symmetric_dd, int d) {
        Finite.require(symmetric_dd);
        double[] a_dd = symmetric_dd.clone();
        double[] v_dd = new double[d * d];
        for (int i = 0; i < d; i++) {
            v_dd[i * d + i] = 1;
        }
        double enough = 1e-32 * square(a_dd);
        for (int sweep = 0; sweep < MAX_SWEEPS && offDiagonal(a_dd, d) > enough; sweep++) {
            for (int p = 0; p < d; p++) {
                for (int q = p + 1; q < d; q++) {
                    rotate(a_dd, v_dd, p, q, d);
                }
            }
        }
        double[] values_d = new double[d];
        for (int i = 0; i < d; i++) {
            values_d[i] = a_dd[i * d + i];
        }
        return SymmetricEigen.of(values_d, v_dd);
    }

    /** Makes a_pq zero; rows of {@code v_dd} become eigenvectors. */
    private static void rotate(double[] a_dd, double[] v_dd, int p, int q, int d) {
        double apq = a_dd[p * d + q];
        if (apq == 0) {
            return;
        }
        // Golub and Van Loan, algorithm 8.5.1.
        double tau = (a_dd[q * d + q] - a_dd[p * d + p]) / (2 * apq);
        double t = Math.copySign(1, tau) / (Math.abs(tau) + Math.hypot(1, tau));
        double c = 1 / Math.hypot(1, t);
        double s = t * c;
        for (int i = 0; i < d; i++) {
            turn(a_dd, i * d + p, i * d + q, c, s);
        }
        for (int i = 0; i < d; i++) {
            turn(a_dd, p * d + i, q * d + i, c, s);
            turn(v_dd, p * d + i, q * d + i, c, s);
        }
    }

    private static void turn(double[] values, int at, int other, double c, double s) {
        double x = values[at];
        double y = values[other];
        values[at] = c * x - s * y;
        values[other] = s * x + c * y;
    }

    private static double offDiagonal(double[] a_dd, int d) {
        double sum = 0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                sum += i == j ? 0 : a_dd[i * d + j] * a_dd[i * d + j];
            }
        }
        return sum;
    }

    private static double square(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum;
    }
}
