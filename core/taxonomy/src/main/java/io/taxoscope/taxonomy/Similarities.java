package io.taxoscope.taxonomy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Similarities of two nodes of a hierarchy, after Pedersen et al. 2004 (WordNet::Similarity) in NLTK's form. */
public final class Similarities {
    private final Dag dag;
    private final ToDoubleFunction<SynsetId> informationContent;

    /** @param informationContent infinite where nothing is known, see {@link #uniform} */
    public Similarities(Dag dag, ToDoubleFunction<SynsetId> informationContent) {
        this.dag = dag;
        this.informationContent = informationContent;
    }

    /**
     * {@code IC(v) = -ln(|D(v)| / classes)} (Resnik 1995, eq. 1, every class as likely as any other); infinite for a
     * synset that covers no class.
     */
    public static ToDoubleFunction<SynsetId> uniform(Taxonomy taxonomy) {
        return id -> {
            var node = taxonomy.dag().find(id);
            return node.isPresent()
                    ? Math.log((double) taxonomy.nClasses() / taxonomy.classesBelow(node.getAsInt()).length)
                    : Double.POSITIVE_INFINITY;
        };
    }

    /** {@code 1 / (1 + shortest way over a common ancestor)}. */
    public double path(int a, int b) {
        return 1.0 / (1 + distance(a, b));
    }

    /**
     * {@code 2 d / (l_a + l_b)} (Wu and Palmer 1994) with {@code d = maxDepth(lcs) + 1} and {@code l} the shortest way up
     * to the lcs plus {@code d}. The lcs is the common ancestor of greatest depth; ties go to the lowest id.
     */
    public double wuPalmer(int a, int b) {
        var up = upwards(a);
        var upOther = upwards(b);
        int lcs = common(up, upOther)
                .boxed()
                .max(Comparator.<Integer>comparingInt(dag::maxDepth).thenComparing(Comparator.reverseOrder()))
                .orElseThrow();
        int depth = dag.maxDepth(lcs) + 1;
        return 2.0 * depth / (2 * depth + at(up, lcs) + at(upOther, lcs));
    }

    /** The greatest information content of a common ancestor (Resnik 1995, eq. 2). */
    public double resnik(int a, int b) {
        return common(upwards(a), upwards(b))
                .mapToDouble(this::informationContent)
                .filter(Double::isFinite)
                .max()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** {@code 2 IC(lcs) / (IC(a) + IC(b))} (Lin 1998); 0 when neither node carries information. */
    public double lin(int a, int b) {
        double sum = informationContent(a) + informationContent(b);
        return sum == 0 ? 0 : 2 * resnik(a, b) / sum;
    }

    public double informationContent(int node) {
        return informationContent.applyAsDouble(dag.id(node));
    }

    private int distance(int a, int b) {
        var up = upwards(a);
        var upOther = upwards(b);
        return common(up, upOther)
                .map(node -> at(up, node) + at(upOther, node))
                .min()
                .orElseThrow();
    }

    private static IntStream common(Map<Integer, Integer> up, Map<Integer, Integer> upOther) {
        return up.keySet().stream().filter(upOther::containsKey).mapToInt(Integer::intValue);
    }

    private static int at(Map<Integer, Integer> distances, int node) {
        return distances.getOrDefault(node, Integer.MAX_VALUE);
    }

    /** Each ancestor with the length of the shortest way up to it. */
    private Map<Integer, Integer> upwards(int start) {
        var distances = new TreeMap<Integer, Integer>();
        distances.put(start, 0);
        for (int node : dag.upwards(start)) {
            int next = at(distances, node) + 1;
            Arrays.stream(dag.parents(node)).forEach(parent -> distances.merge(parent, next, Math::min));
        }
        return distances;
    }
}
