package io.taxoscope.taxonomy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the lowest nodes above a bag of nodes: the lowest common hypernym (LCH) and its robust form. Keeps scratch
 * space, so each thread needs its own.
 */
public final class CommonHypernyms {
    private final Taxonomy taxonomy;
    private final int[] covered;
    private final boolean[] hasLower;
    private final IntList touched = new IntList();
    private int[] common = new int[64];

    public CommonHypernyms(Taxonomy taxonomy) {
        this.taxonomy = taxonomy;
        this.covered = new int[taxonomy.nNodes()];
        this.hasLower = new boolean[taxonomy.nNodes()];
    }

    /** The preferred one of the minimal nodes that lie on or above every one of {@code nodes}. */
    public int lowest(int[] nodes) {
        int n = intersect(nodes);
        for (int i = 0; i < n; i++) {
            for (int parent : taxonomy.dag().parents(common[i])) {
                hasLower[parent] = true;
            }
        }
        int best = -1;
        for (int i = 0; i < n; i++) {
            int node = common[i];
            if (!hasLower[node] && (best < 0 || taxonomy.preference(node) < taxonomy.preference(best))) {
                best = node;
            }
        }
        for (int i = 0; i < n; i++) {
            hasLower[common[i]] = false;
        }
        return best;
    }

    /** Puts what lies on or above all of them in {@link #common}; both it and ancestors ascend. Parents of it are in it. */
    private int intersect(int[] nodes) {
        int[] first = taxonomy.ancestors(nodes[0]);
        if (common.length < first.length) {
            common = new int[first.length];
        }
        System.arraycopy(first, 0, common, 0, first.length);
        int n = first.length;
        for (int i = 1; i < nodes.length; i++) {
            n = intersect(n, taxonomy.ancestors(nodes[i]));
        }
        return n;
    }

    private int intersect(int n, int[] ascending) {
        int kept = 0;
        int at = 0;
        for (int i = 0; i < n; i++) {
            while (at < ascending.length && ascending[at] < common[i]) {
                at++;
            }
            if (at < ascending.length && ascending[at] == common[i]) {
                common[kept++] = common[i];
            }
        }
        return kept;
    }

    /** The preferred one of the minimal nodes that lie on or above at least {@code atLeast} of {@code nodes}. */
    public int lowestCovering(int[] nodes, int atLeast) {
        findCovering(nodes, atLeast);
        int best = -1;
        for (int i = 0; i < touched.size(); i++) {
            int node = touched.get(i);
            if (isMinimal(node, atLeast) && (best < 0 || taxonomy.preference(node) < taxonomy.preference(best))) {
                best = node;
            }
        }
        reset();
        return best;
    }

    /** All minimal nodes on or above at least {@code atLeast} of {@code nodes}, the preferred one first. */
    public List<Integer> minimal(int[] nodes, int atLeast) {
        findCovering(nodes, atLeast);
        var minimal = Arrays.stream(touched.toArray())
                .filter(node -> isMinimal(node, atLeast))
                .boxed()
                .sorted(Comparator.comparingInt(taxonomy::preference))
                .toList();
        reset();
        return minimal;
    }

    private boolean isMinimal(int node, int atLeast) {
        return covered[node] >= atLeast && !hasLower[node];
    }

    private void findCovering(int[] nodes, int atLeast) {
        if (atLeast < 1 || atLeast > nodes.length) {
            throw new IllegalArgumentException("cannot cover " + atLeast + " of " + nodes.length + " nodes");
        }
        count(nodes);
        // Whatever lies above a node that covers enough covers enough too, so a covering node is minimal
        // exactly when it is the parent of no covering node.
        for (int i = 0; i < touched.size(); i++) {
            int node = touched.get(i);
            if (covered[node] >= atLeast) {
                for (int parent : taxonomy.dag().parents(node)) {
                    hasLower[parent] = true;
                }
            }
        }
    }

    private void count(int[] nodes) {
        for (int node : nodes) {
            for (int ancestor : taxonomy.ancestors(node)) {
                if (covered[ancestor]++ == 0) {
                    touched.add(ancestor);
                }
            }
        }
    }

    private void reset() {
        for (int i = 0; i < touched.size(); i++) {
            covered[touched.get(i)] = 0;
            hasLower[touched.get(i)] = false;
        }
        touched.clear();
    }
}
