package io.taxoscope.vision.image;

/** For a range of output pixels along one axis: which input pixels they read and with which fixed-point weights. */
final class Coefficients {
    /** 32 bits less the 8 of a pixel and 2 for the overshoot of a kernel, as in Pillow. */
    static final int PRECISION_BITS = 32 - 8 - 2;

    private final int[] first;
    private final int[][] weights;

    private Coefficients(int[] first, int[][] weights) {
        this.first = first;
        this.weights = weights;
    }

    /** The output pixels {@code from} to {@code from + count} of a resize from {@code in} to {@code out} pixels. */
    static Coefficients of(Filter filter, int in, int out, int from, int count) {
        int[] first = new int[count];
        int[][] weights = new int[count][];
        double scale = (double) in / out;
        double filterScale = Math.max(scale, 1);
        double support = filter.support() * filterScale;
        for (int i = 0; i < count; i++) {
            double center = (from + i + 0.5) * scale;
            first[i] = Math.max(0, (int) (center - support + 0.5));
            int end = Math.min(in, (int) (center + support + 0.5));
            weights[i] = fixedPoint(kernel(filter, first[i] - center + 0.5, 1 / filterScale, end - first[i]));
        }
        return new Coefficients(first, weights);
    }

    private static double[] kernel(Filter filter, double offset, double step, int n) {
        double[] kernel = new double[n];
        double sum = 0;
        for (int x = 0; x < n; x++) {
            kernel[x] = filter.at((x + offset) * step);
            sum += kernel[x];
        }
        for (int x = 0; x < n && sum != 0; x++) {
            kernel[x] /= sum;
        }
        return kernel;
    }

    private static int[] fixedPoint(double[] kernel) {
        int[] fixed = new int[kernel.length];
        for (int x = 0; x < kernel.length; x++) {
            fixed[x] = (int) (kernel[x] * (1 << PRECISION_BITS) + (kernel[x] < 0 ? -0.5 : 0.5));
        }
        return fixed;
    }

    int count() {
        return first.length;
    }

    /** The first input pixel that output {@code i} reads. */
    int first(int i) {
        return first[i];
    }

    int[] weights(int i) {
        return weights[i];
    }

    /** One past the last input pixel that any output reads. */
    int end() {
        int last = first.length - 1;
        return first[last] + weights[last].length;
    }
}
