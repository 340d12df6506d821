package io.taxoscope.linearalgebra;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How alike two representations of the same examples are, from the dot products between examples alone, [n, n] and
 * symmetric. Neither number knows what a trained dictionary is: an untrained SAE often scores higher (Klotz et al. 2026).
 */
public final class KernelAlignment {
    private static final double FLOOR = 1e-6;

    private KernelAlignment() {}

    /**
     * Linear centred kernel alignment (Kornblith et al. 2019, arXiv 1905.00414, eq. 3): 1 for representations that differ by
     * a rotation and a scale; NaN when either is constant.
     */
    public static double cka(double[] a_nn, double[] b_nn, int n) {
        double[] a = centred(a_nn, n);
        double[] b = centred(b_nn, n);
        return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    }

    /**
     * CKA over mutual nearest neighbours (Huh et al. 2024, arXiv 2405.07987, appendix A; the form of MSAE's code), with the
     * unbiased HSIC of {@link #unbiasedHsic}. Of equal similarities the lower example is the nearer; small n can exceed 1.
     *
     * @param k neighbours of an example, below n
     */
    public static double cknna(double[] a_nn, double[] b_nn, int n, int k) {
        if (n < 4 || k < 1 || k >= n) {
            throw new IllegalArgumentException("CKNNA needs 4 examples and 1 to n - 1 neighbours: n " + n + ", k " + k);
        }
        boolean[] nearA = neighbours(a_nn, n, k);
        boolean[] nearB = neighbours(b_nn, n, k);
        boolean[] mutual = new boolean[n * n];
        for (int at = 0; at < mutual.length; at++) {
            mutual[at] = nearA[at] && nearB[at];
        }
        double cross = unbiasedHsic(masked(a_nn, mutual), masked(b_nn, mutual), n);
        double[] ownA = masked(a_nn, nearA);
        double[] ownB = masked(b_nn, nearB);
        return cross / (Math.sqrt(unbiasedHsic(ownA, ownA, n) * unbiasedHsic(ownB, ownB, n)) + FLOOR);
    }

    /** Song et al. 2012 (JMLR 13:1393), eq. 5, with zero diagonals; masked matrices need not be symmetric. */
    private static double unbiasedHsic(double[] k_nn, double[] l_nn, int n) {
        double trace = 0;
        double[] columns_n = new double[n];
        double[] rows_n = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                trace += k_nn[i * n + j] * l_nn[j * n + i];
                columns_n[j] += k_nn[i * n + j];
                rows_n[i] += l_nn[i * n + j];
            }
        }
        double product = 0; // 1ᵀ K L 1
        double sumK = 0;
        double sumL = 0;
        for (int i = 0; i < n; i++) {
            product += columns_n[i] * rows_n[i];
            sumK += columns_n[i];
            sumL += rows_n[i];
        }
        double m = n;
        return (trace + sumK * sumL / ((m - 1) * (m - 2)) - 2 * product / (m - 2)) / (m * (m - 3));
    }

    private static boolean[] neighbours(double[] similarity_nn, int n, int k) {
        boolean[] near_nn = new boolean[n * n];
        for (int row = 0; row < n; row++) {
            int start = row * n;
            int self = row;
            IntStream.range(0, n)
                    .filter(i -> i != self)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> -similarity_nn[start + i]))
                    .limit(k)
                    .forEach(i -> near_nn[start + i] = true);
        }
        return near_nn;
    }

    private static double[] masked(double[] values, boolean[] kept) {
        double[] masked = new double[values.length];
        for (int at = 0; at < masked.length; at++) {
            masked[at] = kept[at] ? values[at] : 0;
        }
        return masked;
    }

    private static double[] centred(double[] gram_nn, int n) {
        double[] mean_n = new double[n];
        double mean = 0;
        for (int at = 0; at < gram_nn.length; at++) {
            mean_n[at % n] += gram_nn[at] / n;
            mean += gram_nn[at] / n / n;
        }
        double[] centred_nn = new double[gram_nn.length];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                centred_nn[i * n + j] = gram_nn[i * n + j] - mean_n[i] - mean_n[j] + mean;
            }
        }
        return centred_nn;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int at = 0; at < a.length; at++) {
            sum += a[at] * b[at];
        }
        return sum;
    }
}
