package io.taxoscope.sae.encoding;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts of values in bins of equal width; the last bin includes its upper edge.
 *
 * @param edges one more than there are counts
 */
public record Histogram(List<Double> edges, List<Long> counts) {
    private static final int BINS_PER_DECADE = 4;

    public Histogram {
        edges = List.copyOf(edges);
        counts = List.copyOf(counts);
    }

    /** Of log10(count / nExamples) for each count above 0, a quarter of a decade to a bin. */
    static Histogram ofLog10Density(long[] counts, long nExamples) {
        int decades = Math.max(1, (int) Math.ceil(Math.log10((double) nExamples)));
        long[] bins = new long[decades * BINS_PER_DECADE];
        for (long count : counts) {
            if (count > 0) {
                double above = Math.log10(count / (double) nExamples) + decades;
                bins[Math.clamp((long) Math.floor(above * BINS_PER_DECADE), 0, bins.length - 1)]++;
            }
        }
        List<Double> edges = new ArrayList<>();
        List<Long> filled = new ArrayList<>();
        for (int i = 0; i <= bins.length; i++) {
            edges.add(i / (double) BINS_PER_DECADE - decades);
        }
        for (long bin : bins) {
            filled.add(bin);
        }
        return new Histogram(edges, filled);
    }
}
