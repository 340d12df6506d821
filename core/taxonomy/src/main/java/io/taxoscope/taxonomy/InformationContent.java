package io.taxoscope.taxonomy;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

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
        errors.throwIfAny("the corpus file");
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

    /** Reads the lines of a corpus file. */
    final class CorpusLines {
        private static final Pattern ENTRY = Pattern.compile("(\\d{1,8})([nv])\\s+([0-9.eE+]+)(\\s+ROOT)?\\s*");

        private CorpusLines() {}

        /** Fills {@code below} and returns the sum of the roots. */
        static double read(WordNet wordNet, String file, double[] below, LineErrors errors) {
            var lines = file.lines().toList();
            if (lines.isEmpty() || !lines.getFirst().startsWith("wnver::")) {
                errors.add("informationContent", 1, "is not the header: a corpus file starts with wnver::");
                return 0;
            }
            double roots = 0;
            for (int i = 1; i < lines.size(); i++) {
                var entry = ENTRY.matcher(lines.get(i));
                if (!entry.matches()) {
                    errors.add("informationContent", i + 1, "is no entry such as 1740n 1915712 ROOT");
                } else if (entry.group(2).equals("n")) {
                    double count = Double.parseDouble(entry.group(3));
                    var node = wordNet.dag().find(WordNet.wnid(Integer.parseInt(entry.group(1))));
                    if (node.isEmpty()) {
                        errors.add(
                                "informationContent",
                                i + 1,
                                "has the offset " + entry.group(1) + ", where WordNet 3.0 has no noun synset: a file of"
                                        + " another version?");
                    } else {
                        below[node.getAsInt()] = count;
                    }
                    roots += entry.group(4) == null ? 0 : count;
                }
            }
            if (roots == 0 && errors.isEmpty()) {
                errors.add("informationContent", "has no noun that is marked ROOT and has a count");
            }
            return roots;
        }
    }
}
