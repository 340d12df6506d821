package io.taxoscope.sae.training;

/**
 * The point with the least sum of distances to given points, by Weiszfeld's iteration: the mean of the points weighted
 * by the inverse of their distance from the last estimate.
 */
final class GeometricMedian {
    private static final int ITERATIONS = 100;
    private static final double TOLERANCE = 1e-6;

    private GeometricMedian() {}

    static float[] of(float[] points_nd, int width) {
        int n = points_nd.length / width;
        double[] estimate = mean(points_nd, n, width);
        for (int i = 0; i < ITERATIONS; i++) {
            double[] next = new double[width];
            double total = 0;
            double distances = 0;
            for (int point = 0; point < n; point++) {
                double distance = distance(points_nd, point * width, estimate);
                distances += distance;
                double weight = 1 / Math.max(distance, 1e-12);
                total += weight;
                for (int d = 0; d < width; d++) {
                    next[d] += weight * points_nd[point * width + d];
                }
            }
            double moved = 0;
            for (int d = 0; d < width; d++) {
                next[d] /= total;
                moved += (next[d] - estimate[d]) * (next[d] - estimate[d]);
            }
            estimate = next;
            if (Math.sqrt(moved) <= TOLERANCE * distances / n) {
                break;
            }
        }
        return toFloats(estimate);
    }

    private static double[] mean(float[] points_nd, int n, int width) {
        double[] mean = new double[width];
        for (int at = 0; at < points_nd.length; at++) {
            mean[at % width] += points_nd[at] / (double) n;
        }
        return mean;
    }

    private static double distance(float[] points_nd, int at, double[] estimate) {
        double square = 0;
        for (int d = 0; d < estimate.length; d++) {
            double difference = points_nd[at + d] - estimate[d];
            square += difference * difference;
        }
        return Math.sqrt(square);
    }

    private static float[] toFloats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
