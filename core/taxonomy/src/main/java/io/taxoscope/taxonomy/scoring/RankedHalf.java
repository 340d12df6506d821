package io.taxoscope.taxonomy.scoring;

import java.util.Arrays;

/**
 * How well one latent's values rank the examples of one half for every node at once: hits, precision sums and rank sums,
 * added up along the hierarchy. Silent examples are tied below all others. Keeps scratch space: one per thread.
 */
final class RankedHalf {
    private final Labels labels;
    private final int half;
    private final int[][] above;
    private final int[] hits;
    private final double[] precisionSums;
    private final double[] rankSums;
    private final int[] touched;
    private final double[] classRankSums;
    private final int[] touchedClasses;
    private final int[] classHits;
    private int nTouched;
    private int nTouchedClasses;
    private int firing;
    private int[] classes = new int[64];
    private int[] strengths = new int[64];

    /** @param above for each class the nodes that count */
    RankedHalf(Labels labels, int half, int[][] above, int nNodes) {
        this.labels = labels;
        this.half = half;
        this.above = above;
        this.hits = new int[nNodes];
        this.precisionSums = new double[nNodes];
        this.rankSums = new double[nNodes];
        this.touched = new int[nNodes];
        this.classRankSums = new double[above.length];
        this.classHits = new int[above.length];
        this.touchedClasses = new int[above.length];
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
        }
        classes[firing] = classIndex;
        strengths[firing++] = strength;
    }

    /** To be called once all are added. */
    void rank() {
        for (int start = 0; start < firing; ) {
            int end = start + 1;
            while (end < firing && strengths[end] == strengths[start]) {
                end++;
            }
            count(start, end);
            sumPrecisions(start, end);
            start = end;
        }
        for (int i = 0; i < nTouchedClasses; i++) {
            double sum = classRankSums[touchedClasses[i]];
            for (int node : above[touchedClasses[i]]) {
                rankSums[node] += sum;
            }
        }
    }

    /** Ties share the mean of their ranks; ranks ascend from the weakest, which has 1. */
    private void count(int start, int end) {
        double rank = labels.inHalf(half) - (start + end - 1) / 2.0;
        for (int i = start; i < end; i++) {
            int c = classes[i];
            if (classHits[c]++ == 0) {
                touchedClasses[nTouchedClasses++] = c;
            }
            classRankSums[c] += rank;
            for (int node : above[c]) {
                if (hits[node]++ == 0) {
                    touched[nTouched++] = node;
                }
            }
        }
    }

    /** Ties are one threshold: each of them counts with the precision after the last. */
    private void sumPrecisions(int start, int end) {
        double inverse = 1.0 / end;
        for (int i = start; i < end; i++) {
            for (int node : above[classes[i]]) {
                precisionSums[node] += hits[node] * inverse;
            }
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
        return ratio(precisionSums[node] + silent, below);
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
