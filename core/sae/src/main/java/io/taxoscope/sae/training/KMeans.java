package io.taxoscope.sae.training;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Centres of groups of points by Lloyd's iteration from points that are drawn; a group that runs empty keeps its centre. */
final class KMeans {
    private static final int ITERATIONS = 10;

    private KMeans() {}

    /** @param count centres, at most as many as points */
    static float[] centres(float[] points_nd, int width, int count, Random random) {
        int n = points_nd.length / width;
        if (count > n) {
            throw new IllegalArgumentException(count + " centres of " + n + " points");
        }
        float[] centres_cd = new float[Math.multiplyExact(count, width)];
        int[] order = shuffled(n, random);
        for (int c = 0; c < count; c++) {
            System.arraycopy(points_nd, order[c] * width, centres_cd, c * width, width);
        }
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            float[] now_cd = centres_cd;
            int[] nearest_n = IntStream.range(0, n)
                    .parallel()
                    .map(point -> nearest(points_nd, point, now_cd, width))
                    .toArray();
            centres_cd = means(points_nd, nearest_n, centres_cd, width);
        }
        return centres_cd;
    }

    private static int[] shuffled(int n, Random random) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) { // Fisher-Yates, inside out
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static int nearest(float[] points_nd, int point, float[] centres_cd, int width) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < centres_cd.length / width; c++) {
            double distance = 0;
            for (int i = 0; i < width && distance < least; i++) {
                double difference = (double) points_nd[point * width + i] - centres_cd[c * width + i];
                distance += difference * difference;
            }
            if (distance < least) {
                least = distance;
                best = c;
            }
        }
        return best;
    }

    private static float[] means(float[] points_nd, int[] nearest_n, float[] centres_cd, int width) {
        double[] sum_cd = new double[centres_cd.length];
        int[] size_c = new int[centres_cd.length / width];
        for (int point = 0; point < nearest_n.length; point++) {
            size_c[nearest_n[point]]++;
            for (int i = 0; i < width; i++) {
                sum_cd[nearest_n[point] * width + i] += points_nd[point * width + i];
            }
        }
        float[] means_cd = Arrays.copyOf(centres_cd, centres_cd.length);
        for (int at = 0; at < means_cd.length; at++) {
            if (size_c[at / width] > 0) {
                means_cd[at] = (float) (sum_cd[at] / size_c[at / width]);
            }
        }
        return means_cd;
    }
}
