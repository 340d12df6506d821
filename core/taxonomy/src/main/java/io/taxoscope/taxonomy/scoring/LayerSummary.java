package io.taxoscope.taxonomy.scoring;

import io.taxoscope.taxonomy.Taxonomy;
import io.taxoscope.taxonomy.scoring.LayerReport.Bin;
import io.taxoscope.taxonomy.scoring.LayerReport.Coverage;
import io.taxoscope.taxonomy.scoring.LayerReport.DepthShare;
import io.taxoscope.taxonomy.scoring.LayerReport.Score;
import io.taxoscope.taxonomy.scoring.LayerReport.Share;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Puts the scores of all latents together with their chance levels and their permuted controls. */
final class LayerSummary {
    private static final int BINS = 20;

    private final Taxonomy taxonomy;
    private final Labels labels;
    private final ScoringSpec spec;
    private final ScoredLatents latents;
    private final List<ScoredLatents> permuted;

    LayerSummary(
            Taxonomy taxonomy, Labels labels, ScoringSpec spec, ScoredLatents latents, List<ScoredLatents> permuted) {
        this.taxonomy = taxonomy;
        this.labels = labels;
        this.spec = spec;
        this.latents = latents;
        this.permuted = permuted;
    }

    LayerReport report() {
        var chance = new Chance(taxonomy, labels, spec);
        var heights = chance.heights();
        int top = taxonomy.height(taxonomy.dag().root());
        double[] heightEdges = ScoredLatents.histogramEdges(top + 1, top + 1);
        return new LayerReport(
                latents.all().size(),
                latents.nActive(),
                latents.nEligible(),
                labels.size(),
                taxonomy.nClasses(),
                taxonomy.nNodes(),
                score(ScoredLatents::lchHeights, heights.plain(), heightEdges),
                score(ScoredLatents::robustLchHeights, heights.robust(), heightEdges),
                coverage(chance.coverage(latents.nEligible())),
                score(ScoredLatents::bestF1s, chanceF1(chance), ScoredLatents.histogramEdges(1, BINS)),
                score(
                        ScoredLatents::entropies,
                        null,
                        ScoredLatents.histogramEdges(Math.log(taxonomy.nClasses()), BINS)),
                notes());
    }

    private Chance.@Nullable Level chanceF1(Chance chance) {
        return latents.nEligible() == 0 ? null : chance.bestSynsetF1(latents.activeCounts());
    }

    private Score score(Function<ScoredLatents, double[]> column, Chance.@Nullable Level chance, double[] edges) {
        double[] values = column.apply(latents);
        Double chanceMean = chance == null ? null : chance.mean();
        Double chanceSd = chance == null ? null : chance.deviation();
        var bins = histogram(values, edges);
        if (values.length == 0) {
            return new Score(null, null, null, null, chanceMean, chanceSd, null, bins);
        }
        double[] means = Bootstrap.means(values, spec);
        return new Score(
                Statistics.mean(values),
                Statistics.quantile(values, 0.5),
                means.length == 0 ? null : Statistics.quantile(means, 0.025),
                means.length == 0 ? null : Statistics.quantile(means, 0.975),
                chanceMean,
                chanceSd,
                permuted.isEmpty()
                        ? null
                        : Statistics.mean(permuted.stream()
                                .mapToDouble(scores -> Statistics.mean(column.apply(scores)))
                                .toArray()),
                bins);
    }

    private static List<Bin> histogram(double[] values, double[] edges) {
        int[] counts = new int[edges.length - 1];
        for (double value : values) {
            int bin = counts.length - 1;
            while (bin > 0 && value < edges[bin]) {
                bin--;
            }
            counts[bin]++;
        }
        return IntStream.range(0, counts.length)
                .mapToObj(bin -> new Bin(edges[bin], edges[bin + 1], counts[bin]))
                .toList();
    }

    private Coverage coverage(BitSet[] chance) {
        var byDepth = new ArrayList<DepthShare>();
        var covered = latents.coveredNodes();
        int deepest = IntStream.range(0, taxonomy.nNodes())
                .map(taxonomy.dag()::maxDepth)
                .max()
                .orElse(0);
        for (int d = 0; d <= deepest; d++) {
            int depth = d;
            IntPredicate counts =
                    node -> taxonomy.isReachable(node) && taxonomy.dag().maxDepth(node) == depth;
            byDepth.add(new DepthShare(depth, among(covered, counts), denominator(counts)));
        }
        return new Coverage(
                share(node -> true, chance),
                share(node -> !taxonomy.isClass(node), chance),
                share(taxonomy::isReachable, chance),
                share(taxonomy::isClass, chance),
                byDepth);
    }

    private Share share(IntPredicate counts, BitSet[] chance) {
        double denominator = denominator(counts);
        int covered = among(latents.coveredNodes(), counts);
        double[] random = IntStream.range(0, chance.length)
                .mapToDouble(layer -> among(chance[layer], counts) / denominator)
                .toArray();
        double[] shuffled = permuted.stream()
                .mapToDouble(scores -> among(scores.coveredNodes(), counts) / denominator)
                .toArray();
        // Every node may be a class (a label may lie above another), which leaves no internal ones to cover.
        boolean isDefined = denominator > 0;
        return new Share(
                covered,
                (int) denominator,
                isDefined ? covered / denominator : 0,
                isDefined ? Statistics.mean(random) : null,
                isDefined && shuffled.length > 0 ? Statistics.mean(shuffled) : null);
    }

    private int denominator(IntPredicate counts) {
        return (int) IntStream.range(0, taxonomy.nNodes()).filter(counts).count();
    }

    private static int among(BitSet nodes, IntPredicate counts) {
        return (int) nodes.stream().filter(counts).count();
    }

    private List<String> notes() {
        var notes = new ArrayList<String>();
        if (latents.nEligible() == 0) {
            notes.add("no latent fires on " + spec.topK() + " examples (topK), the busiest on " + latents.mostActive()
                    + ": score more examples or lower topK; until then there are no hierarchy scores");
        }
        long oneSided = IntStream.range(0, taxonomy.nClasses())
                .map(taxonomy::classNode)
                .filter(node -> labels.below(Labels.SELECTION, node) == 0 || labels.below(Labels.REPORT, node) == 0)
                .count();
        if (oneSided > 0) {
            notes.add(
                    oneSided + " of " + taxonomy.nClasses() + " classes have examples on one half of the dataset only,"
                            + " so a best synset that is such a class cannot be confirmed: its F1 is 0");
        }
        return notes;
    }
}
