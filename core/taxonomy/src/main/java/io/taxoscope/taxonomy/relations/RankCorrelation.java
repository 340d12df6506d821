package io.taxoscope.taxonomy.relations;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Spearman's rank correlation: Pearson's of the ranks, ties sharing their mean rank. */
final class RankCorrelation {
    private RankCorrelation() {}

    /** NaN when either side is constant. */
    static double of(double[] a, double[] b) {
        return ofRanks(ranks(a), ranks(b));
    }

    static double ofRanks(double[] a, double[] b) {
        double middle = (a.length + 1) / 2.0;
        double products = 0;
        double squaresOfA = 0;
        double squaresOfB = 0;
        for (int i = 0; i < a.length; i++) {
            products += (a[i] - middle) * (b[i] - middle);
            squaresOfA += (a[i] - middle) * (a[i] - middle);
            squaresOfB += (b[i] - middle) * (b[i] - middle);
        }
        return products / Math.sqrt(squaresOfA * squaresOfB);
    }

    static double[] ranks(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[values.length];
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            double mean = (from + 1 + to) / 2.0;
            Arrays.stream(order, from, to).forEach(at -> ranks[at] = mean);
            from = to;
        }
        return ranks;
    }
}
