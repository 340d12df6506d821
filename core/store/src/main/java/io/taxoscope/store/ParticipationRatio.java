package io.taxoscope.store;

/**
 * {@code (sum lambda)² / sum lambda²} of a covariance's eigenvalues without any of them: the sums are the trace of the Gram
 * matrix and the squares of its entries.
 */
final class ParticipationRatio {
    /** Rows whose products are added to the Gram matrix at once: its entries are read once for all of them. */
    private static final int TOGETHER = 4;

    private ParticipationRatio() {}

    /** @param x_bd rows of {@code width} values; overwritten by their differences from the mean */
    static double of(double[] x_bd, int width) {
        int n = x_bd.length / width;
        centre(x_bd, n, width);
        double[] gram = width <= n ? gram(x_bd, n, width) : gram(transposed(x_bd, n, width), width, n);
        int size = Math.min(width, n);
        double trace = 0;
        double squares = 0;
        for (int i = 0; i < size; i++) {
            trace += gram[i * size + i];
            squares += gram[i * size + i] * gram[i * size + i];
            for (int j = 0; j < i; j++) {
                squares += 2 * gram[i * size + j] * gram[i * size + j];
            }
        }
        return squares == 0 ? 0 : trace * trace / squares;
    }

    private static void centre(double[] x_bd, int n, int width) {
        double[] mean_d = new double[width];
        for (int at = 0; at < x_bd.length; at++) {
            mean_d[at % width] += x_bd[at] / n;
        }
        for (int at = 0; at < x_bd.length; at++) {
            x_bd[at] -= mean_d[at % width];
        }
    }

    private static double[] transposed(double[] x_bd, int n, int width) {
        double[] x_db = new double[x_bd.length];
        for (int b = 0; b < n; b++) {
            for (int d = 0; d < width; d++) {
                x_db[d * n + b] = x_bd[b * width + d];
            }
        }
        return x_db;
    }

    /** The lower triangle of {@code x^T x}. */
    private static double[] gram(double[] x_bd, int n, int width) {
        double[] gram_dd = new double[Math.multiplyExact(width, width)];
        int whole = n / TOGETHER * TOGETHER;
        for (int b = 0; b < whole; b += TOGETHER) {
            addFour(x_bd, b * width, width, gram_dd);
        }
        for (int b = whole; b < n; b++) {
            for (int i = 0; i < width; i++) {
                double value = x_bd[b * width + i];
                for (int j = 0; j <= i; j++) {
                    gram_dd[i * width + j] += value * x_bd[b * width + j];
                }
            }
        }
        return gram_dd;
    }

    private static void addFour(double[] x_bd, int first, int width, double[] gram_dd) {
        int second = first + width;
        int third = second + width;
        int fourth = third + width;
        for (int i = 0; i < width; i++) {
            double a = x_bd[first + i];
            double b = x_bd[second + i];
            double c = x_bd[third + i];
            double d = x_bd[fourth + i];
            int row = i * width;
            for (int j = 0; j <= i; j++) {
                gram_dd[row + j] +=
                        a * x_bd[first + j] + b * x_bd[second + j] + c * x_bd[third + j] + d * x_bd[fourth + j];
            }
        }
    }
}
