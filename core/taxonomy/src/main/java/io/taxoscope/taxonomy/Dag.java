package io.taxoscope.taxonomy;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;

/**
 * A hierarchy: named nodes {@code 0..size-1} in the order of their names, edges from each node to its parents, no cycle
 * and exactly one root. Arrays that it returns are its own: read only.
 */
public final class Dag {
    private static final int[] NONE = {};

    private final List<SynsetId> ids;
    private final int[][] parents;
    private final int[][] children;
    private final int[] rootsFirst;
    private final int[] minDepth;
    private final int[] maxDepth;

    /**
     * @param ids strictly ascending
     * @param parents parents of each node; kept, not copied
     */
    Dag(List<SynsetId> ids, int[][] parents) {
        this.ids = List.copyOf(ids);
        this.parents = parents;
        this.children = reverse(parents);
        this.rootsFirst = sort();
        requireOneRoot();
        this.minDepth = new int[size()];
        this.maxDepth = new int[size()];
        measureDepths();
    }

    public int size() {
        return parents.length;
    }

    public SynsetId id(int node) {
        return ids.get(node);
    }

    List<SynsetId> ids(int[] nodes) {
        return Arrays.stream(nodes).mapToObj(ids::get).toList();
    }

    public OptionalInt find(SynsetId id) {
        int at = Collections.binarySearch(ids, id);
        return at < 0 ? OptionalInt.empty() : OptionalInt.of(at);
    }

    public int[] parents(int node) {
        return parents[node];
    }

    public int[] children(int node) {
        return children[node];
    }

    public int root() {
        return rootsFirst[0];
    }

    /** Every node, each after all its parents. */
    public int[] rootsFirst() {
        return rootsFirst;
    }

    public int minDepth(int node) {
        return minDepth[node];
    }

    public int maxDepth(int node) {
        return maxDepth[node];
    }

    /** The node and everything above it, nearest first; a node met on two ways is listed once, at its shorter one. */
    public int[] upwards(int node) {
        return breadthFirst(node, parents, Integer.MAX_VALUE);
    }

    /** The node and everything below it, nearest first, cut off after {@code limit} nodes. */
    public int[] downwards(int node, int limit) {
        return breadthFirst(node, children, limit);
    }

    private int[] breadthFirst(int start, int[][] next, int limit) {
        var seen = new LinkedHashSet<Integer>();
        var queue = new ArrayDeque<Integer>();
        queue.add(start);
        seen.add(start);
        while (!queue.isEmpty() && seen.size() < limit) {
            for (int node : next[queue.remove()]) {
                if (seen.size() < limit && seen.add(node)) {
                    queue.add(node);
                }
            }
        }
        return seen.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[][] reverse(int[][] parents) {
        int[] counts = new int[parents.length];
        for (int[] up : parents) {
            for (int parent : up) {
                counts[parent]++;
            }
        }
        int[][] children = new int[parents.length][];
        Arrays.setAll(children, node -> counts[node] == 0 ? NONE : new int[counts[node]]);
        Arrays.fill(counts, 0);
        for (int node = 0; node < parents.length; node++) {
            for (int parent : parents[node]) {
                children[parent][counts[parent]++] = node;
            }
        }
        return children;
    }

    /** Kahn's algorithm: a node is taken once all its parents are. */
    private int[] sort() {
        int[] order = new int[size()];
        int[] waitingFor = new int[size()];
        int taken = 0;
        for (int node = 0; node < size(); node++) {
            waitingFor[node] = parents[node].length;
            if (waitingFor[node] == 0) {
                order[taken++] = node;
            }
        }
        for (int next = 0; next < taken; next++) {
            for (int child : children[order[next]]) {
                if (--waitingFor[child] == 0) {
                    order[taken++] = child;
                }
            }
        }
        if (taken < size()) {
            throw new IllegalArgumentException((size() - taken) + " nodes lie on or below a cycle");
        }
        return order;
    }

    private void requireOneRoot() {
        long roots = Arrays.stream(parents).filter(up -> up.length == 0).count();
        if (roots != 1) {
            throw new IllegalArgumentException("a hierarchy needs exactly one root, this one has " + roots);
        }
    }

    private void measureDepths() {
        for (int node : rootsFirst) {
            int[] up = parents[node];
            minDepth[node] = up.length == 0 ? 0 : Integer.MAX_VALUE;
            for (int parent : up) {
                minDepth[node] = Math.min(minDepth[node], minDepth[parent] + 1);
                maxDepth[node] = Math.max(maxDepth[node], maxDepth[parent] + 1);
            }
        }
    }
}
