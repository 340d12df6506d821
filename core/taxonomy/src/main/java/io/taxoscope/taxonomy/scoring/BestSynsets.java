package io.taxoscope.taxonomy.scoring;

import io.taxoscope.taxonomy.Taxonomy;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Chooses a latent's best node by each criterion on one half and judges it on the other; keeps for each node the latent
 * that did best. Keeps scratch space: one per thread.
 */
final class BestSynsets {
    /** Hits on the selection half without which lift chooses no node: one lucky hit on a rare class is a huge lift. */
    static final int MIN_HITS_FOR_LIFT = 5;

    /** Scores that differ by less are equal, so that rounding decides no tie. */
    static final double TIE = 1e-12;

    private final Taxonomy taxonomy;
    private final Labels labels;
    private final Hypergeometric reportHalf;
    private final RankedHalf selection;
    private final RankedHalf report;
    private final double[] appeals;
    private final Champions byF1;
    private final Champions byAp;

    BestSynsets(Frame frame, Labels labels, Hypergeometric reportHalf) {
        this.taxonomy = frame.taxonomy();
        this.labels = labels;
        this.reportHalf = reportHalf;
        this.selection = new RankedHalf(labels, Labels.SELECTION, frame.reachableAbove(), taxonomy.nNodes());
        this.report = new RankedHalf(labels, Labels.REPORT, frame.reachableAbove(), taxonomy.nNodes());
        this.appeals = new double[taxonomy.nNodes()];
        this.byF1 = new Champions(taxonomy.nNodes());
        this.byAp = new Champions(taxonomy.nNodes());
    }

    /**
     * @param firings the strongest first
     * @param topNodes classes of the top examples
     */
    Map<Criterion, BestSynset> of(int latent, long[] firings, int[] topNodes) {
        read(firings);
        var best = new EnumMap<Criterion, BestSynset>(Criterion.class);
        for (Criterion criterion : Criterion.values()) {
            int node = choose(criterion);
            if (node >= 0) {
                best.put(criterion, judge(node, topNodes));
            }
        }
        for (int i = 0; i < selection.nTouched(); i++) {
            int node = selection.touched(i);
            byF1.offer(node, latent, selection.f1(node), report.f1(node));
            byAp.offer(
                    node,
                    latent,
                    selection.averagePrecisionAboveChance(node),
                    report.averagePrecisionAboveChance(node));
        }
        return best;
    }

    Champions champions(Criterion criterion) {
        return switch (criterion) {
            case F1 -> byF1;
            case AP -> byAp;
            default -> throw new IllegalArgumentException("no coverage by " + criterion);
        };
    }

    private void read(long[] firings) {
        selection.clear();
        report.clear();
        for (long firing : firings) {
            int example = Firing.example(firing);
            var half = Labels.half(example) == Labels.SELECTION ? selection : report;
            half.add(labels.classOf(example), Firing.strength(firing));
        }
        selection.rank();
        report.rank();
    }

    /** Among nodes with a hit on the selection half; -1 for none. Ties go to the preferred node. */
    private int choose(Criterion criterion) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < selection.nTouched(); i++) {
            int node = selection.touched(i);
            appeals[i] = counts(criterion, node) ? selection.score(criterion, node) : Double.NEGATIVE_INFINITY;
            greatest = Math.max(greatest, appeals[i]);
        }
        if (greatest == Double.NEGATIVE_INFINITY) {
            return -1;
        }
        double least = greatest - TIE * Math.abs(greatest);
        int best = -1;
        for (int i = 0; i < selection.nTouched(); i++) {
            int node = selection.touched(i);
            if (appeals[i] >= least && (best < 0 || taxonomy.preference(node) < taxonomy.preference(best))) {
                best = node;
            }
        }
        return best;
    }

    private boolean counts(Criterion criterion, int node) {
        return switch (criterion) {
            case F1, MCC -> true;
            case AP, AUROC -> selection.canBeRanked(node);
            case LIFT -> selection.hits(node) >= MIN_HITS_FOR_LIFT;
        };
    }

    private BestSynset judge(int node, int[] topNodes) {
        long pure = Arrays.stream(topNodes)
                .filter(top -> Arrays.binarySearch(taxonomy.ancestors(top), node) >= 0)
                .count();
        return new BestSynset(
                node,
                report.precision(node),
                report.recall(node),
                report.f1(node),
                report.lift(node),
                report.mcc(node),
                report.averagePrecision(node),
                report.auroc(node),
                (double) pure / topNodes.length,
                reportHalf.tail(report.hits(node), labels.below(Labels.REPORT, node), report.firing()),
                1);
    }
}
