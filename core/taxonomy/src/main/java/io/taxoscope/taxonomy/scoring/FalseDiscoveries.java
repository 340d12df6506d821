package io.taxoscope.taxonomy.scoring;

import java.util.stream.IntStream;

/** Adjusted p-values (Benjamini and Hochberg 1995). */
final class FalseDiscoveries {
    private FalseDiscoveries() {}

    /**
     * The least false discovery rate at which each test is significant.
     *
     * @param nTests how many tests there are in all; those beyond {@code pValues} count with p = 1
     */
    static double[] qValues(double[] pValues, long nTests) {
        int[] order = IntStream.range(0, pValues.length)
                .boxed()
                .sorted((a, b) -> Double.compare(pValues[a], pValues[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] q = new double[pValues.length];
        double least = 1;
        for (int rank = order.length; rank >= 1; rank--) {
            least = Math.min(least, pValues[order[rank - 1]] * nTests / rank);
            q[order[rank - 1]] = least;
        }
        return q;
    }
}
