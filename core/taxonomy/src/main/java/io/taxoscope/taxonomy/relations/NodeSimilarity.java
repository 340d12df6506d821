package io.taxoscope.taxonomy.relations;

import io.taxoscope.taxonomy.Taxonomy;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Distance and likeness of nodes of a taxonomy, fast enough for every pair of latents. */
final class NodeSimilarity {
    private final Taxonomy taxonomy;
    private final double[] information;
    private final int[][] waysUp;

    NodeSimilarity(Taxonomy taxonomy) {
        this.taxonomy = taxonomy;
        this.information = IntStream.range(0, taxonomy.nNodes())
                .mapToDouble(node -> Math.log((double) taxonomy.nClasses() / taxonomy.classesBelow(node).length))
                .toArray();
        this.waysUp =
                IntStream.range(0, taxonomy.nNodes()).mapToObj(this::waysUp).toArray(int[][]::new);
    }

    /** Length of the shortest way over a common ancestor. */
    int distance(int a, int b) {
        int[] aboveA = taxonomy.ancestors(a);
        int[] aboveB = taxonomy.ancestors(b);
        int least = Integer.MAX_VALUE;
        for (int i = 0, j = 0; i < aboveA.length && j < aboveB.length; ) {
            if (aboveA[i] == aboveB[j]) {
                least = Math.min(least, waysUp[a][i] + waysUp[b][j]);
                i++;
                j++;
            } else if (aboveA[i] < aboveB[j]) {
                i++;
            } else {
                j++;
            }
        }
        return least;
    }

    /** Lin 1998 with every class as likely as any other; 0 when neither node carries information. */
    double lin(int a, int b) {
        double sum = information[a] + information[b];
        return sum == 0 ? 0 : 2 * sharedInformation(a, b) / sum;
    }

    boolean isAbove(int above, int node) {
        return above != node && Arrays.binarySearch(taxonomy.ancestors(node), above) >= 0;
    }

    boolean isRelated(int a, int b) {
        return a == b || isAbove(a, b) || isAbove(b, a);
    }

    private double sharedInformation(int a, int b) {
        int[] aboveA = taxonomy.ancestors(a);
        int[] aboveB = taxonomy.ancestors(b);
        double greatest = 0;
        for (int i = 0, j = 0; i < aboveA.length && j < aboveB.length; ) {
            if (aboveA[i] == aboveB[j]) {
                greatest = Math.max(greatest, information[aboveA[i]]);
                i++;
                j++;
            } else if (aboveA[i] < aboveB[j]) {
                i++;
            } else {
                j++;
            }
        }
        return greatest;
    }

    /** Length of the shortest way up to each ancestor, in their order. */
    private int[] waysUp(int node) {
        int[] ancestors = taxonomy.ancestors(node);
        int[] ways = new int[ancestors.length];
        Arrays.fill(ways, -1);
        var queue = new ArrayDeque<Integer>();
        ways[Arrays.binarySearch(ancestors, node)] = 0;
        queue.add(node);
        while (!queue.isEmpty()) {
            int next = queue.remove();
            int way = ways[Arrays.binarySearch(ancestors, next)] + 1;
            for (int parent : taxonomy.dag().parents(next)) {
                int at = Arrays.binarySearch(ancestors, parent);
                if (ways[at] < 0) {
                    ways[at] = way;
                    queue.add(parent);
                }
            }
        }
        return ways;
    }
}
