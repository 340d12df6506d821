package io.taxoscope.taxonomy;

import java.util.function.IntFunction;

/**
 * Similarities of two nodes of a hierarchy, after Pedersen et al. 2004 (WordNet::Similarity) in NLTK's form. Each is a walk
 * over two short sorted lists, so it can be asked millions of times. Immutable and thread-safe.
 */
public final class Similarities {
    private final Dag dag;
    private final Closure closure;
    private final double[] informationContent;
    private final IntFunction<String> nameOf;
    private final int maxDepth;
    /** The root that was added above several, or -1. */
    private final int addedRoot;

    /** Ties that NLTK breaks by name go to the lower id. */
    public Similarities(Dag dag, InformationContent informationContent) {
        this(dag, Closure.of(dag), informationContent, node -> dag.id(node).value());
    }

    public Similarities(Hierarchy hierarchy, InformationContent informationContent) {
        this(hierarchy.dag(), Closure.of(hierarchy.dag()), informationContent, hierarchy::senseName);
    }

    private Similarities(Dag dag, Closure closure, InformationContent known, IntFunction<String> nameOf) {
        this.dag = dag;
        this.closure = closure;
        this.nameOf = nameOf;
        this.informationContent = new double[dag.size()];
        int deepest = 0;
        for (int node = 0; node < dag.size(); node++) {
            informationContent[node] = known.of(dag.id(node));
            deepest = Math.max(deepest, dag.maxDepth(node));
        }
        this.maxDepth = deepest;
        this.addedRoot = dag.find(UploadedHierarchy.ROOT).orElse(-1);
    }

    /** The same hierarchy with another information content; cheap. */
    public Similarities with(InformationContent other) {
        return new Similarities(dag, closure, other, nameOf);
    }

    /** See {@link InformationContent#uniform(Taxonomy)}. */
    public static InformationContent uniform(Taxonomy taxonomy) {
        return InformationContent.uniform(taxonomy);
    }

    public double informationContent(int node) {
        return informationContent[node];
    }

    /** Length of the shortest way over a common ancestor. */
    public int distance(int a, int b) {
        int shortest = Integer.MAX_VALUE;
        for (var common = closure.common(a, b); common.next(); ) {
            shortest = Math.min(shortest, common.fromA() + common.fromB());
        }
        return shortest;
    }

    /** {@code 1 / (1 + distance)}. */
    public double path(int a, int b) {
        return 1.0 / (1 + distance(a, b));
    }

    /** {@code -ln((distance + 1) / 2D)}, D the greatest depth in edges (Leacock and Chodorow 1998, in NLTK's form). */
    public double leacockChodorow(int a, int b) {
        return -Math.log((distance(a, b) + 1) / (2.0 * maxDepth));
    }

    /**
     * {@code 2 d / (l_a + l_b)} (Wu and Palmer 1994) with {@code d = maxDepth(lcs) + 1} and {@code l} the shortest way up
     * to the lcs plus {@code d}. The lcs is the common ancestor of greatest depth; ties go to the lowest id.
     */
    public double wuPalmer(int a, int b) {
        int lcs = -1;
        int ways = 0;
        for (var common = closure.common(a, b); common.next(); ) {
            if (lcs < 0 || dag.maxDepth(common.node()) > dag.maxDepth(lcs)) {
                lcs = common.node();
                ways = common.fromA() + common.fromB();
            }
        }
        int depth = dag.maxDepth(lcs) + 1;
        return 2.0 * depth / (2 * depth + ways);
    }

    /**
     * Wu-Palmer as NLTK 3 computes it: the lcs is the common ancestor of greatest <em>minimum</em> depth, or {@code a}
     * itself if it is one of these, or the first of them by name; ways to it may lead over its ancestors. An added root
     * counts in no depth.
     */
    public double wuPalmerNltk(int a, int b) {
        int lcs = -1;
        for (var common = closure.common(a, b); common.next(); ) {
            if (lcs < 0 || isBetter(common.node(), lcs, a)) {
                lcs = common.node();
            }
        }
        int depth = ownDepth(dag.maxDepth(lcs), lcs) + 1;
        return 2.0 * depth / (2 * depth + distanceNltk(a, lcs) + distanceNltk(b, lcs));
    }

    private boolean isBetter(int node, int best, int a) {
        int difference = ownDepth(dag.minDepth(node), node) - ownDepth(dag.minDepth(best), best);
        if (difference != 0 || best == a) {
            return difference > 0;
        }
        return node == a || nameOf.apply(node).compareTo(nameOf.apply(best)) < 0;
    }

    private int ownDepth(int depth, int node) {
        return addedRoot < 0 || node == addedRoot ? depth : depth - 1;
    }

    /** NLTK puts its added root above the longest of the shortest ways up. */
    private int distanceNltk(int a, int b) {
        int shortest = Integer.MAX_VALUE;
        for (var common = closure.common(a, b); common.next(); ) {
            int ways = common.node() == addedRoot ? toRootNltk(a) + toRootNltk(b) : common.fromA() + common.fromB();
            shortest = Math.min(shortest, ways);
        }
        return shortest;
    }

    private int toRootNltk(int node) {
        int longest = -1;
        for (int at = closure.begin(node); at < closure.end(node); at++) {
            if (closure.ancestor(at) != addedRoot) {
                longest = Math.max(longest, closure.distance(at));
            }
        }
        return longest + 1;
    }

    /** The greatest information content of a common ancestor (Resnik 1995, eq. 2); infinite when none is known. */
    public double resnik(int a, int b) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (var common = closure.common(a, b); common.next(); ) {
            double known = informationContent[common.node()];
            if (Double.isFinite(known)) {
                greatest = Math.max(greatest, known);
            }
        }
        return greatest == Double.NEGATIVE_INFINITY ? Double.POSITIVE_INFINITY : greatest;
    }

    /**
     * {@code 2 IC(lcs) / (IC(a) + IC(b))} (Lin 1998); 0 when neither node carries information, also when that of one is
     * unknown.
     */
    public double lin(int a, int b) {
        double sum = informationContent[a] + informationContent[b];
        return sum == 0 || Double.isInfinite(sum) ? 0 : 2 * resnik(a, b) / sum;
    }

    /**
     * {@code 1 / (IC(a) + IC(b) - 2 IC(lcs))} (Jiang and Conrath 1997, as the inverse of their distance, with NLTK's
     * exceptions): 0 when only one of two nodes carries information or that of one is unknown, infinite for nodes of no
     * distance.
     */
    public double jiangConrath(int a, int b) {
        if (a == b) {
            return Double.POSITIVE_INFINITY;
        }
        double ofA = informationContent[a];
        double ofB = informationContent[b];
        if (ofA == 0 || ofB == 0 || Double.isInfinite(ofA + ofB)) {
            return 0;
        }
        double difference = ofA + ofB - 2 * resnik(a, b);
        return difference == 0 ? Double.POSITIVE_INFINITY : 1 / difference;
    }
}
