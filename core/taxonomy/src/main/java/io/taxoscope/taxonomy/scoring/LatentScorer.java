package io.taxoscope.taxonomy.scoring;

import io.taxoscope.taxonomy.CommonHypernyms;
import io.taxoscope.taxonomy.Taxonomy;
import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Scores one latent after another from what it was seen to fire on. Keeps scratch space: one per thread. */
final class LatentScorer {
    /** Below it the entropy of a latent says more about its few images than about the latent. */
    static final int MIN_FOR_ENTROPY = 10;

    private final Taxonomy taxonomy;
    private final Labels labels;
    private final ScoringSpec spec;
    private final CommonHypernyms hypernyms;
    private final int[][] truePositives;
    private final int[] topNodes;

    LatentScorer(Taxonomy taxonomy, Labels labels, ScoringSpec spec) {
        this.taxonomy = taxonomy;
        this.labels = labels;
        this.spec = spec;
        this.hypernyms = new CommonHypernyms(taxonomy);
        this.truePositives = new int[2][taxonomy.nNodes()];
        this.topNodes = new int[spec.topK()];
    }

    LatentScore score(int latent, StrongestExamples top, ClassTally tally) {
        int[] slots = tally.slots();
        int active = firing(tally, slots, Labels.SELECTION) + firing(tally, slots, Labels.REPORT);
        boolean eligible = active >= spec.topK();
        for (int i = 0; eligible && i < topNodes.length; i++) {
            topNodes[i] = taxonomy.classNode(labels.classOf(top.example(i)));
        }
        return new LatentScore(
                latent,
                active,
                top.max(),
                eligible,
                eligible ? OptionalInt.of(hypernyms.lowest(topNodes)) : OptionalInt.empty(),
                eligible ? OptionalInt.of(hypernyms.lowestCovering(topNodes, spec.robustCount())) : OptionalInt.empty(),
                eligible ? best(tally) : null,
                entropy(tally, slots, active));
    }

    /** {@code argmax_v F1(v)} over one node for each distinct class set; ties go to the preferred node. */
    @Nullable BestSynset best(ClassTally tally) {
        int[] slots = tally.slots();
        int firing = firing(tally, slots, Labels.SELECTION);
        countTruePositives(tally, slots);
        int best = -1;
        double bestF1 = 0;
        for (int node = 0; node < taxonomy.nNodes(); node++) {
            if (truePositives[Labels.SELECTION][node] > 0 && taxonomy.isReachable(node)) {
                double f1 = f1(Labels.SELECTION, node, firing);
                if (f1 > bestF1 || (f1 == bestF1 && taxonomy.preference(node) < taxonomy.preference(best))) {
                    best = node;
                    bestF1 = f1;
                }
            }
        }
        return best < 0 ? null : judge(best, firing(tally, slots, Labels.REPORT));
    }

    private BestSynset judge(int node, int firing) {
        int hits = truePositives[Labels.REPORT][node];
        int below = labels.below(Labels.REPORT, node);
        double precision = ratio(hits, firing);
        return new BestSynset(
                node,
                precision,
                ratio(hits, below),
                f1(Labels.REPORT, node, firing),
                ratio(precision, ratio(below, labels.inHalf(Labels.REPORT))));
    }

    private double f1(int half, int node, int firing) {
        return ratio(2.0 * truePositives[half][node], (double) firing + labels.below(half, node));
    }

    private void countTruePositives(ClassTally tally, int[] slots) {
        for (int half = 0; half < 2; half++) {
            Arrays.fill(truePositives[half], 0);
            for (int slot : slots) {
                int count = tally.count(slot, half);
                for (int node : taxonomy.ancestors(taxonomy.classNode(tally.classAt(slot)))) {
                    truePositives[half][node] += count;
                }
            }
        }
    }

    private static int firing(ClassTally tally, int[] slots, int half) {
        return Arrays.stream(slots).map(slot -> tally.count(slot, half)).sum();
    }

    /** {@code H = -sum p ln p} with {@code p = w_c / sum w} (PatchSAE's activation-weighted label entropy). */
    private static @Nullable Double entropy(ClassTally tally, int[] slots, int active) {
        if (active < MIN_FOR_ENTROPY) {
            return null;
        }
        return Statistics.entropy(Arrays.stream(slots).mapToDouble(tally::mass).toArray());
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
