package io.taxoscope.taxonomy;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** How much it says of a thing to call it by a node's name: {@code -ln} of the share of counts on or below the node. */
@FunctionalInterface
public interface InformationContent {
    /** Infinite where nothing is known: a node that is not there or has no counts. */
    double of(SynsetId id);

    /** Every class of the taxonomy as likely as any other: {@code -ln(|D(v)| / classes)} (Resnik 1995, eq. 1). */
    static InformationContent uniform(Taxonomy taxonomy) {
        return id -> {
            var node = taxonomy.dag().find(id);
            return node.isPresent()
                    ? ofShare(taxonomy.classesBelow(node.getAsInt()).length, taxonomy.nClasses())
                    : Double.POSITIVE_INFINITY;
        };
    }

    /** Every one of {@code classes} as likely as any other. */
    static InformationContent uniform(Dag whole, Collection<SynsetId> classes) {
        return uniform(Taxonomy.over(whole, classes));
    }

    /**
     * From counts of nodes themselves, such as the images of each class; each counts for everything above it too.
     *
     * @param counts none negative, their sum positive
     */
    static InformationContent ofCounts(Dag whole, Map<SynsetId, Double> counts) {
        var positive = new LinkedHashMap<SynsetId, Double>();
        counts.forEach((id, count) -> {
            if (!(count >= 0) || Double.isInfinite(count)) {
                throw new IllegalArgumentException("the count of " + id + " is " + count);
            }
            if (count > 0) {
                positive.put(id, count);
            }
        });
        if (positive.isEmpty()) {
            throw new IllegalArgumentException("no count is above 0");
        }
        double[] below = new double[whole.size()];
        positive.forEach((id, count) -> {
            for (int node : whole.upwards(whole.find(id).orElseThrow())) {
                below[node] += count;
            }
        });
        double total =
                positive.values().stream().mapToDouble(Double::doubleValue).sum();
        return ofCumulated(whole, below, total);
    }

    /**
     * From a corpus file of WordNet-Similarity and NLTK, whose counts include everything below: a header line, then
     * {@code 1740n 1915712 ROOT}.
     */
    static InformationContent ofCorpus(WordNet wordNet, String file) {
        double[] below = new double[wordNet.size()];
        var errors = new LineErrors();
        double total = CorpusLines.read(wordNet, file, below, errors);
        errors.throwIfAny(TaxonomyError.TAXONOMY_INVALID, "the corpus file");
        return ofCumulated(wordNet.dag(), below, total);
    }

    private static InformationContent ofCumulated(Dag whole, double[] below, double total) {
        return id -> {
            var node = whole.find(id);
            return node.isPresent() ? ofShare(below[node.getAsInt()], total) : Double.POSITIVE_INFINITY;
        };
    }

    /** Rounds as NLTK does; subtracted from 0, since -ln(1) would be -0.0. */
    private static double ofShare(double count, double total) {
        return count == 0 ? Double.POSITIVE_INFINITY : 0.0 - Math.log(count / total);
    }
}
