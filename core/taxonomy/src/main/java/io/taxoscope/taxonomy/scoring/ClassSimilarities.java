package io.taxoscope.taxonomy.scoring;

import io.taxoscope.taxonomy.Taxonomy;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lin and Wu-Palmer similarity of every two classes, as {@link io.taxoscope.taxonomy.Similarities} defines them with
 * every class as likely as any other; of a class with itself 1.
 */
final class ClassSimilarities {
    /** Two tables of doubles: 270 MB for so many classes. */
    static final int MOST_CLASSES = 4096;

    private final Taxonomy taxonomy;
    private final double[][] lin;
    private final double[][] wuPalmer;
    private final PairSum linPairs;
    private final PairSum wuPalmerPairs;
    /** For each class the shortest way up to each of its ancestors. */
    private final int[][] up;

    /** The same for the class at hand, by node; -1 where there is none. */
    private final int[] upFromHere;

    private ClassSimilarities(Taxonomy taxonomy) {
        this.taxonomy = taxonomy;
        int n = taxonomy.nClasses();
        this.lin = new double[n][n];
        this.wuPalmer = new double[n][n];
        this.up = new int[n][];
        this.upFromHere = new int[taxonomy.nNodes()];
        for (int a = 0; a < n; a++) {
            compareWithEarlier(a);
        }
        this.linPairs = PairSum.of(lin);
        this.wuPalmerPairs = PairSum.of(wuPalmer);
    }

    /** Absent when there are more than {@link #MOST_CLASSES}. */
    static @Nullable ClassSimilarities of(Taxonomy taxonomy) {
        return taxonomy.nClasses() > MOST_CLASSES ? null : new ClassSimilarities(taxonomy);
    }

    double lin(int a, int b) {
        return lin[a][b];
    }

    double wuPalmer(int a, int b) {
        return wuPalmer[a][b];
    }

    PairSum linPairs() {
        return linPairs;
    }

    PairSum wuPalmerPairs() {
        return wuPalmerPairs;
    }

    private void compareWithEarlier(int a) {
        climb(a);
        lin[a][a] = 1;
        wuPalmer[a][a] = 1;
        for (int b = 0; b < a; b++) {
            compare(a, b);
        }
    }

    private void compare(int a, int b) {
        int[] above = taxonomy.ancestors(taxonomy.classNode(b));
        double mostInformation = 0;
        int deepest = -1;
        for (int i = 0; i < above.length; i++) {
            if (upFromHere[above[i]] >= 0) {
                mostInformation = Math.max(mostInformation, information(above[i]));
                // Of equal depths the first, which has the lowest id.
                if (deepest < 0 || depth(above[i]) > depth(above[deepest])) {
                    deepest = i;
                }
            }
        }
        double both = information(taxonomy.classNode(a)) + information(taxonomy.classNode(b));
        lin[a][b] = both == 0 ? 0 : 2 * mostInformation / both;
        lin[b][a] = lin[a][b];
        int d = depth(above[deepest]) + 1;
        wuPalmer[a][b] = 2.0 * d / (2 * d + upFromHere[above[deepest]] + up[b][deepest]);
        wuPalmer[b][a] = wuPalmer[a][b];
    }

    private void climb(int a) {
        int start = taxonomy.classNode(a);
        Arrays.fill(upFromHere, -1);
        upFromHere[start] = 0;
        var queue = new ArrayDeque<Integer>();
        queue.add(start);
        while (!queue.isEmpty()) {
            int node = queue.remove();
            for (int parent : taxonomy.dag().parents(node)) {
                if (upFromHere[parent] < 0) {
                    upFromHere[parent] = upFromHere[node] + 1;
                    queue.add(parent);
                }
            }
        }
        up[a] = Arrays.stream(taxonomy.ancestors(start))
                .map(node -> upFromHere[node])
                .toArray();
    }

    private double information(int node) {
        return Math.log((double) taxonomy.nClasses() / taxonomy.classesBelow(node).length);
    }

    private int depth(int node) {
        return taxonomy.dag().maxDepth(node);
    }
}
