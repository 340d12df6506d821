package io.taxoscope.taxonomy.scoring;

import io.taxoscope.taxonomy.Taxonomy;
import java.util.Arrays;

/**
 * How well one latent's values rank the examples of one half for every node at once: hits, precision sums and rank sums,
 * added up along the hierarchy. Silent examples are tied below all others. Keeps scratch space: one per thread.
 */
final class RankedHalf {
    private static final double UNKNOWN = -1;

    private final Taxonomy taxonomy;
    private final Labels labels;
    private final int half;
    private final int[][] above;
    private final int[] hits;
    private final int[] running;
    private final double[] precisionSums;
    private final double[] rankSums;
    private final int[] touched;
    private final double[] classRankSums;
    private final int[] touchedClasses;
    private final int[] classHits;
    private final byte[] isBelow;
    private int nTouched;
    private int nTouchedClasses;
    private int firing;
    private int[] classes = new int[64];
    private int[] strengths = new int[64];
    /** 1 / i at place i, up to the firings that there is room for. */
    private double[] inverses = inverses(64);

    private boolean tied;

    RankedHalf(Frame frame, Labels labels, int half) {
        this.taxonomy = frame.taxonomy();
        int nNodes = taxonomy.nNodes();
        this.labels = labels;
        this.half = half;
        this.above = frame.reachableAbove();
        this.hits = new int[nNodes];
        this.running = new int[nNodes];
        this.precisionSums = new double[nNodes];
        this.rankSums = new double[nNodes];
        this.touched = new int[nNodes];
        this.classRankSums = new double[above.length];
        this.classHits = new int[above.length];
        this.isBelow = new byte[above.length];
        this.touchedClasses = new int[above.length];
    }

    private static double[] inverses(int most) {
        double[] inverses = new double[most + 1];
        Arrays.setAll(inverses, i -> 1.0 / i);
        return inverses;
    }

    void clear() {
        for (int i = 0; i < nTouched; i++) {
            hits[touched[i]] = 0;
            precisionSums[touched[i]] = 0;
            rankSums[touched[i]] = 0;
        }
        for (int i = 0; i < nTouchedClasses; i++) {
            classHits[touchedClasses[i]] = 0;
            classRankSums[touchedClasses[i]] = 0;
        }
        nTouched = 0;
        nTouchedClasses = 0;
        firing = 0;
    }

    /** Strongest first. */
    void add(int classIndex, int strength) {
        if (firing == classes.length) {
            classes = Arrays.copyOf(classes, 2 * firing);
            strengths = Arrays.copyOf(strengths, 2 * firing);
            inverses = inverses(2 * firing);
        }
        classes[firing] = classIndex;
        strengths[firing++] = strength;
    }

    /** To be called once all are added: hits and ranks, by class first. */
    void rank() {
        rankClasses();
        for (int i = 0; i < nTouchedClasses; i++) {
            int c = touchedClasses[i];
            for (int node : above[c]) {
                if (hits[node] == 0) {
                    touched[nTouched++] = node;
                    precisionSums[node] = UNKNOWN;
                }
                hits[node] += classHits[c];
                rankSums[node] += classRankSums[c];
            }
        }
    }

    /**
     * Finds the average precision of every node in one walk down the ranking. Without it each node that is asked for takes
     * a walk of its own, a tenth as long.
     */
    void findAllPrecisions() {
        for (int i = 0; i < nTouched; i++) {
            running[touched[i]] = 0;
            precisionSums[touched[i]] = 0;
        }
        for (int start = 0; start < firing; ) {
            int end = tied ? endOfTie(start) : start + 1;
            if (end == start + 1) {
                countAndSum(start);
            } else {
                count(start, end);
                sum(start, end);
            }
            start = end;
        }
    }

    private int endOfTie(int start) {
        int end = start + 1;
        while (end < firing && strengths[end] == strengths[start]) {
            end++;
        }
        return end;
    }

    /** Ties share the mean of their ranks; ranks ascend from the weakest, which has 1. */
    private void rankClasses() {
        tied = false;
        for (int start = 0; start < firing; ) {
            int end = endOfTie(start);
            tied |= end > start + 1;
            double rank = labels.inHalf(half) - (start + end - 1) / 2.0;
            for (int i = start; i < end; i++) {
                int c = classes[i];
                if (classHits[c]++ == 0) {
                    touchedClasses[nTouchedClasses++] = c;
                }
                classRankSums[c] += rank;
            }
            start = end;
        }
    }

    private void countAndSum(int at) {
        double inverse = inverses[at + 1];
        for (int node : above[classes[at]]) {
            precisionSums[node] += ++running[node] * inverse;
        }
    }

    private void count(int start, int end) {
        for (int i = start; i < end; i++) {
            for (int node : above[classes[i]]) {
                running[node]++;
            }
        }
    }

    /** Ties are one threshold: each of them counts with the precision after the last. */
    private void sum(int start, int end) {
        double inverse = inverses[end];
        for (int i = start; i < end; i++) {
            for (int node : above[classes[i]]) {
                precisionSums[node] += running[node] * inverse;
            }
        }
    }

    /** Walks down the ranking for one node, unless that was done. */
    private double precisionSum(int node) {
        if (precisionSums[node] != UNKNOWN) {
            return precisionSums[node];
        }
        mark(node, 1);
        precisionSums[node] = tied ? precisionSumOfTied() : precisionSumOfMarked();
        mark(node, 0);
        return precisionSums[node];
    }

    /** Without a branch: whether the next firing is a hit is anyone's guess. */
    private double precisionSumOfMarked() {
        double sum = 0;
        int hit = 0;
        for (int i = 0; i < firing; i++) {
            int met = isBelow[classes[i]];
            hit += met;
            sum += met * hit * inverses[i + 1];
        }
        return sum;
    }

    private double precisionSumOfTied() {
        double sum = 0;
        int hit = 0;
        for (int start = 0; start < firing; ) {
            int end = endOfTie(start);
            int met = 0;
            for (int i = start; i < end; i++) {
                met += isBelow[classes[i]];
            }
            hit += met;
            for (int i = 0; i < met; i++) {
                sum += hit * inverses[end];
            }
            start = end;
        }
        return sum;
    }

    private void mark(int node, int as) {
        for (int c : taxonomy.classesBelow(node)) {
            isBelow[c] = (byte) as;
        }
    }

    /** Nodes with a hit, in no order. */
    int nTouched() {
        return nTouched;
    }

    int touched(int at) {
        return touched[at];
    }

    int firing() {
        return firing;
    }

    int hits(int node) {
        return hits[node];
    }

    double precision(int node) {
        return ratio(hits[node], firing);
    }

    double recall(int node) {
        return ratio(hits[node], below(node));
    }

    double f1(int node) {
        return ratio(2.0 * hits[node], (double) firing + below(node));
    }

    double lift(int node) {
        return ratio(precision(node), ratio(below(node), labels.inHalf(half)));
    }

    /** Mean over the examples below of the precision at each (scikit-learn's average_precision_score). */
    double averagePrecision(int node) {
        int below = below(node);
        double silent = ratio((double) (below - hits[node]) * below, labels.inHalf(half));
        return ratio(precisionSum(node) + silent, below);
    }

    /** Average precision over that of a random order, as a share of what there is to gain: any order is perfect for the root. */
    double averagePrecisionAboveChance(int node) {
        double chance = ratio(below(node), labels.inHalf(half));
        return ratio(averagePrecision(node) - chance, 1 - chance);
    }

    /** Whether some examples lie below and some do not: any order of them is the best one otherwise. */
    boolean canBeRanked(int node) {
        return below(node) > 0 && below(node) < labels.inHalf(half);
    }

    /** Mann-Whitney, ties one half; one half, too, where all or none of the examples lie below. */
    double auroc(int node) {
        if (!canBeRanked(node)) {
            return 0.5;
        }
        double below = below(node);
        double silentRank = (labels.inHalf(half) - firing + 1) / 2.0;
        double ranks = rankSums[node] + (below - hits[node]) * silentRank;
        return (ranks - below * (below + 1) / 2) / (below * (labels.inHalf(half) - below));
    }

    /** Matthews 1975; 0 where it is not defined, as in scikit-learn. */
    double mcc(int node) {
        double tp = hits[node];
        double fp = firing - tp;
        double fn = below(node) - tp;
        double tn = labels.inHalf(half) - tp - fp - fn;
        return ratio(tp * tn - fp * fn, Math.sqrt((tp + fp) * (tp + fn)) * Math.sqrt((tn + fp) * (tn + fn)));
    }

    double score(Criterion criterion, int node) {
        return switch (criterion) {
            case F1 -> f1(node);
            case AP -> averagePrecisionAboveChance(node);
            case AUROC -> auroc(node);
            case MCC -> mcc(node);
            case LIFT -> lift(node);
        };
    }

    private int below(int node) {
        return labels.below(half, node);
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
