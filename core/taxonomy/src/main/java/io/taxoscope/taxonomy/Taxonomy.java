package io.taxoscope.taxonomy;

import io.taxoscope.common.TaxoscopeException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a hierarchy on or above some classes (the synsets that a dataset's labels stand for). A class may lie
 * above another class. Nodes are numbered in the order of their ids, classes in the order in which they were given.
 * Immutable; arrays that it returns are its own: read only.
 */
public final class Taxonomy {
    private final Dag dag;
    private final int[] classNodes;
    private final int[][] ancestors;
    private final int[][] classesBelow;
    private final int[] heights;
    private final int[] minHeights;
    private final int[] preference;
    private final boolean[] isClass;
    private final boolean[] reachable;

    private Taxonomy(Dag dag, int[] classNodes) {
        this.dag = dag;
        this.classNodes = classNodes;
        this.isClass = new boolean[dag.size()];
        Arrays.stream(classNodes).forEach(node -> isClass[node] = true);
        this.ancestors = ancestors(dag);
        this.classesBelow = classesBelow();
        this.heights = heights(false);
        this.minHeights = heights(true);
        this.preference = preference();
        this.reachable = reachable();
    }

    /** The closure of {@code classes}, given once each, under "parent of" within {@code whole}. */
    public static Taxonomy over(Dag whole, Collection<SynsetId> classes) {
        var distinct = new LinkedHashSet<>(classes);
        if (distinct.isEmpty()) {
            throw new IllegalArgumentException("a taxonomy needs at least one class");
        }
        var kept = new TreeSet<Integer>();
        for (SynsetId id : distinct) {
            int node = whole.find(id).orElseThrow(() -> outside(id));
            Arrays.stream(whole.upwards(node)).forEach(kept::add);
        }
        var ids = kept.stream().map(whole::id).toList();
        var numbers = new HashMap<Integer, Integer>();
        kept.forEach(node -> numbers.put(node, numbers.size()));
        int[][] parents = kept.stream()
                .map(node ->
                        Arrays.stream(whole.parents(node)).map(numbers::get).toArray())
                .toArray(int[][]::new);
        var dag = new Dag(ids, parents);
        return new Taxonomy(
                dag,
                distinct.stream().mapToInt(id -> dag.find(id).orElseThrow()).toArray());
    }

    public Dag dag() {
        return dag;
    }

    public int nNodes() {
        return dag.size();
    }

    public int nClasses() {
        return classNodes.length;
    }

    public SynsetId id(int node) {
        return dag.id(node);
    }

    /** The node of a synset, or a failure when it neither is a class nor lies above one. */
    public int node(SynsetId id) {
        return dag.find(id).orElseThrow(() -> outside(id));
    }

    public int classNode(int classIndex) {
        return classNodes[classIndex];
    }

    public boolean isClass(int node) {
        return isClass[node];
    }

    /** The node and everything above it, ascending. */
    public int[] ancestors(int node) {
        return ancestors[node];
    }

    /** D(v): the classes on or below a node, ascending. */
    public int[] classesBelow(int node) {
        return classesBelow[node];
    }

    /** Length of the longest way down to a class; 0 for a class with no class below it. */
    public int height(int node) {
        return heights[node];
    }

    /** Length of the shortest way down to a class. */
    public int minHeight(int node) {
        return minHeights[node];
    }

    /**
     * Whether the node can be an LCH: no other node with the same classes below it is preferred to it. Exactly one node
     * for each distinct class set is.
     */
    public boolean isReachable(int node) {
        return reachable[node];
    }

    /**
     * Rank in the order by which ties between nodes are broken: least height, fewest classes, greatest depth, lowest id.
     */
    public int preference(int node) {
        return preference[node];
    }

    private static int[][] ancestors(Dag dag) {
        int[][] ancestors = new int[dag.size()][];
        for (int node : dag.rootsFirst()) {
            ancestors[node] = IntStream.concat(
                            IntStream.of(node),
                            Arrays.stream(dag.parents(node)).flatMap(parent -> Arrays.stream(ancestors[parent])))
                    .sorted()
                    .distinct()
                    .toArray();
        }
        return ancestors;
    }

    private int[][] classesBelow() {
        var below = new IntList[nNodes()];
        Arrays.setAll(below, node -> new IntList());
        for (int c = 0; c < nClasses(); c++) {
            for (int ancestor : ancestors[classNodes[c]]) {
                below[ancestor].add(c);
            }
        }
        return Arrays.stream(below).map(IntList::toArray).toArray(int[][]::new);
    }

    private int[] heights(boolean shortest) {
        int[] heights = new int[nNodes()];
        Arrays.fill(heights, shortest ? Integer.MAX_VALUE : 0);
        for (int node : classNodes) {
            heights[node] = 0;
        }
        int[] order = dag.rootsFirst();
        for (int i = order.length - 1; i >= 0; i--) {
            int through = heights[order[i]] + 1;
            for (int parent : dag.parents(order[i])) {
                heights[parent] = shortest ? Math.min(heights[parent], through) : Math.max(heights[parent], through);
            }
        }
        return heights;
    }

    private int[] preference() {
        var order = IntStream.range(0, nNodes())
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(node -> heights[node])
                        .thenComparingInt(node -> classesBelow[node].length)
                        .thenComparingInt(node -> -dag.maxDepth(node))
                        .thenComparingInt(node -> node))
                .toList();
        int[] preference = new int[nNodes()];
        for (int rank = 0; rank < preference.length; rank++) {
            preference[order.get(rank)] = rank;
        }
        return preference;
    }

    private boolean[] reachable() {
        var best = new HashMap<ClassSet, Integer>();
        for (int node = 0; node < nNodes(); node++) {
            best.merge(new ClassSet(classesBelow[node]), node, (a, b) -> preference[a] < preference[b] ? a : b);
        }
        boolean[] reachable = new boolean[nNodes()];
        best.values().forEach(node -> reachable[node] = true);
        return reachable;
    }

    /** A set of classes as a key; not copied. */
    private static final class ClassSet {
        private final int[] ascending;

        ClassSet(int[] ascending) {
            this.ascending = ascending;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ClassSet set && Arrays.equals(ascending, set.ascending);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(ascending);
        }
    }

    private static TaxoscopeException outside(SynsetId id) {
        return new TaxoscopeException(
                TaxonomyError.SYNSET_OUTSIDE_TAXONOMY,
                id + " is not part of this taxonomy: it is no class of it and lies above none");
    }
}
