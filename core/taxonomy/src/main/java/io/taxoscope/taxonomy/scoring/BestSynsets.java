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

    /** Nodes of one latent whose average precisions are found one by one: more are found faster all together. */
    private static final int FEW_NODES = 8;

    private final Taxonomy taxonomy;
    private final Labels labels;
    private final Hypergeometric reportHalf;
    private final RankedHalf selection;
    private final RankedHalf report;
    private final double[] appeals;
    private final int[] won;
    private final Champions byF1;
    private final Champions byAp;

    BestSynsets(Frame frame, Labels labels, Hypergeometric reportHalf) {
        this.taxonomy = frame.taxonomy();
        this.labels = labels;
        this.reportHalf = reportHalf;
        this.selection = new RankedHalf(frame, labels, Labels.SELECTION);
        this.report = new RankedHalf(frame, labels, Labels.REPORT);
        this.appeals = new double[taxonomy.nNodes()];
        this.won = new int[taxonomy.nNodes()];
        this.byF1 = new Champions(taxonomy.nNodes());
        this.byAp = new Champions(taxonomy.nNodes());
    }

    /**
     * @param firings the strongest first
     * @param classOf the class of the example of each
     * @param topNodes classes of the top examples
     */
    Map<Criterion, BestSynset> of(int latent, long[] firings, int[] classOf, int[] topNodes) {
        read(firings, classOf);
        int[] won = offer(latent);
        if (won.length > FEW_NODES) {
            report.findAllPrecisions();
        }
        for (int node : won) {
            byAp.judge(node, report.averagePrecisionAboveChance(node));
        }
        var best = new EnumMap<Criterion, BestSynset>(Criterion.class);
        for (Criterion criterion : Criterion.values()) {
            int node = choose(criterion);
            if (node >= 0) {
                best.put(criterion, judge(node, topNodes));
            }
        }
        return best;
    }

    /** The nodes for which the latent has the best average precision so far. */
    private int[] offer(int latent) {
        int nWon = 0;
        for (int i = 0; i < selection.nTouched(); i++) {
            int node = selection.touched(i);
            if (byF1.offer(node, latent, selection.f1(node))) {
                byF1.judge(node, report.f1(node));
            }
            if (byAp.offer(node, latent, selection.averagePrecisionAboveChance(node))) {
                won[nWon++] = node;
            }
        }
        return Arrays.copyOf(won, nWon);
    }

    Champions champions(Criterion criterion) {
        return switch (criterion) {
            case F1 -> byF1;
            case AP -> byAp;
            default -> throw new IllegalArgumentException("no coverage by " + criterion);
        };
    }

    private void read(long[] firings, int[] classOf) {
        selection.clear();
        report.clear();
        for (int i = 0; i < firings.length; i++) {
            var half = Labels.half(Firing.example(firings[i])) == Labels.SELECTION ? selection : report;
            half.add(classOf[i], Firing.strength(firings[i]));
        }
        selection.rank();
        selection.findAllPrecisions();
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
