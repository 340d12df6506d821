package io.taxoscope.taxonomy.scoring;

import io.taxoscope.taxonomy.Taxonomy;
import java.util.Arrays;

/**
 * Entropy of activation mass over classes, and over what is left of them when the hierarchy is cut at each depth: a class
 * deeper than the cut counts as the node where its longest way from the root crosses it. Keeps scratch space: one per
 * thread.
 */
final class EntropyProfile {
    private final Taxonomy taxonomy;
    private final int[][] ways;
    private final int nDepths;
    private final double[] masses;
    private final int[] touched;
    private int nTouched;

    EntropyProfile(Taxonomy taxonomy, int[][] ways) {
        this.taxonomy = taxonomy;
        this.ways = ways;
        this.nDepths = nDepths(ways);
        this.masses = new double[taxonomy.nNodes()];
        this.touched = new int[taxonomy.nNodes()];
    }

    /** For each class its longest way from the root, the class last; ties go to the parent with the lowest id. */
    static int[][] ways(Taxonomy taxonomy) {
        int[][] ways = new int[taxonomy.nClasses()][];
        Arrays.setAll(ways, c -> way(taxonomy, taxonomy.classNode(c)));
        return ways;
    }

    static int nDepths(int[][] ways) {
        return Arrays.stream(ways).mapToInt(way -> way.length).max().orElse(0);
    }

    private static int[] way(Taxonomy taxonomy, int classNode) {
        int[] way = new int[taxonomy.dag().maxDepth(classNode) + 1];
        way[way.length - 1] = classNode;
        for (int depth = way.length - 2; depth >= 0; depth--) {
            way[depth] = lowestParentAt(taxonomy, way[depth + 1], depth);
        }
        return way;
    }

    /** Nodes are numbered in the order of their ids; a node's parents come in no order. */
    private static int lowestParentAt(Taxonomy taxonomy, int node, int depth) {
        return Arrays.stream(taxonomy.dag().parents(node))
                .filter(parent -> taxonomy.dag().maxDepth(parent) == depth)
                .min()
                .orElseThrow();
    }

    static double entropy(ClassMasses classes) {
        double sum = 0;
        for (int i = 0; i < classes.nClasses(); i++) {
            sum += xLogX(classes.massAt(i));
        }
        return entropy(sum, classes.sum());
    }

    /** {@code H = -sum p ln p} in nats at the cut of each depth, from the root on. */
    double[] at(ClassMasses classes) {
        nTouched = 0;
        double[] sums = new double[nDepths];
        for (int i = 0; i < classes.nClasses(); i++) {
            int[] way = ways[classes.classAt(i)];
            double mass = classes.massAt(i);
            for (int node : way) {
                if (masses[node] == 0) {
                    touched[nTouched++] = node;
                }
                masses[node] += mass;
            }
            double below = xLogX(mass);
            for (int depth = way.length; depth < nDepths; depth++) {
                sums[depth] += below;
            }
        }
        for (int i = 0; i < nTouched; i++) {
            // Ways are the longest ones, so a node lies at its greatest depth on all of them.
            sums[taxonomy.dag().maxDepth(touched[i])] += xLogX(masses[touched[i]]);
            masses[touched[i]] = 0;
        }
        for (int depth = 0; depth < nDepths; depth++) {
            sums[depth] = entropy(sums[depth], classes.sum());
        }
        return sums;
    }

    /** {@code -sum w/W ln(w/W) = ln W - sum w ln w / W}; never below 0 by rounding. */
    private static double entropy(double sumXLogX, double mass) {
        return Math.max(0, Math.log(mass) - sumXLogX / mass);
    }

    private static double xLogX(double x) {
        return x * Math.log(x);
    }
}
