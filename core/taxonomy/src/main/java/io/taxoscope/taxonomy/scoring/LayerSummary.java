package io.taxoscope.taxonomy.scoring;

import io.taxoscope.taxonomy.Taxonomy;
import io.taxoscope.taxonomy.scoring.CoverageSummary.Covered;
import io.taxoscope.taxonomy.scoring.LayerReport.CoverageAt;
import io.taxoscope.taxonomy.scoring.LayerReport.DepthEntropy;
import io.taxoscope.taxonomy.scoring.LayerReport.Significance;
import io.taxoscope.taxonomy.scoring.LayerReport.Significant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Puts the scores of all latents together with their chance levels and their permuted controls. */
final class LayerSummary {
    /** Criteria for which every node's best latent is known. */
    static final List<Criterion> COVERING = List.of(Criterion.F1, Criterion.AP);

    static final double SIGNIFICANCE = 0.05;
    private static final double[] TAUS = {0.1, 0.2, 0.3, 0.5, 0.7, 0.9};

    private final Frame frame;
    private final Taxonomy taxonomy;
    private final Labels labels;
    private final ScoringSpec spec;
    private final ScoredLatents latents;
    private final List<ScoredLatents> permuted;
    private final Chance chance;

    LayerSummary(Frame frame, Labels labels, ScoredLatents latents, List<ScoredLatents> permuted) {
        this.frame = frame;
        this.taxonomy = frame.taxonomy();
        this.labels = labels;
        this.spec = frame.spec();
        this.latents = latents;
        this.permuted = permuted;
        this.chance = new Chance(frame, labels);
    }

    LayerReport report() {
        return new LayerReport(
                latents.nLatents(),
                latents.nActive(),
                latents.nEligible(),
                labels.size(),
                taxonomy.nClasses(),
                taxonomy.nNodes(),
                new Aggregates(frame, labels, latents, permuted).of(chance.levels(latents.activeCounts())),
                new CoverageSummary(taxonomy)
                        .coverage(new Covered(
                                latents.coveredNodes(),
                                List.of(chance.coverage(latents.nEligible())),
                                permuted.stream()
                                        .map(ScoredLatents::coveredNodes)
                                        .toList())),
                coverageAt(),
                entropyProfile(),
                significance(),
                notes());
    }

    private List<CoverageAt> coverageAt() {
        var summary = new CoverageSummary(taxonomy);
        var all = new ArrayList<CoverageAt>();
        for (Criterion criterion : COVERING) {
            for (double tau : TAUS) {
                var covered = new Covered(
                        latents.coveredAt(criterion, tau),
                        List.of(),
                        permuted.stream()
                                .map(shuffled -> shuffled.coveredAt(criterion, tau))
                                .toList());
                all.add(new CoverageAt(criterion, tau, summary.shares(covered)));
            }
        }
        return all;
    }

    private List<DepthEntropy> entropyProfile() {
        double[] profile = latents.meanProfile();
        return IntStream.range(0, profile.length)
                .mapToObj(depth -> new DepthEntropy(
                        depth, profile[depth], overPermutations(shuffled -> shuffled.meanProfile()[depth])))
                .toList();
    }

    private Significance significance() {
        var significant = new EnumMap<Criterion, Significant>(Criterion.class);
        for (Criterion criterion : Criterion.values()) {
            significant.put(
                    criterion,
                    new Significant(
                            (int) nSignificant(latents, criterion),
                            overPermutations(shuffled -> nSignificant(shuffled, criterion))));
        }
        return new Significance(SIGNIFICANCE, latents.nTests(), Map.copyOf(significant));
    }

    private static double nSignificant(ScoredLatents of, Criterion criterion) {
        return Arrays.stream(of.qValues(criterion))
                .filter(q -> q <= SIGNIFICANCE)
                .count();
    }

    private @Nullable Double overPermutations(ToDoubleFunction<ScoredLatents> number) {
        return permuted.isEmpty()
                ? null
                : Statistics.mean(permuted.stream().mapToDouble(number).toArray());
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
        if (frame.similarities() == null) {
            notes.add("more than " + ClassSimilarities.MOST_CLASSES
                    + " classes: coherences, which need the similarity of every two, are left out");
        }
        return notes;
    }
}
