package io.taxoscope.taxonomy.scoring;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.taxonomy.SynsetId;
import io.taxoscope.taxonomy.Taxonomy;
import io.taxoscope.taxonomy.TaxonomyError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Scores every latent of some codes against a taxonomy. Memory follows latents x (topK + classes met); the codes are
 * streamed, once for the scores and once for each permutation. The same seed gives the same numbers on any machine.
 */
public final class HierarchyScoring {
    private final Taxonomy taxonomy;
    private final ScoringSpec spec;

    public HierarchyScoring(Taxonomy taxonomy, ScoringSpec spec) {
        this.taxonomy = taxonomy;
        this.spec = spec;
    }

    /** How often {@link #score} reads all codes: the total of a progress bar. */
    public int passes() {
        return 1 + spec.permutations();
    }

    /** @param classOf the class of each example, as a class index of the taxonomy; kept, not copied */
    public ScoringResult score(CodeSource codes, int[] classOf) {
        check(codes, classOf);
        var labels = new Labels(taxonomy, classOf);
        var top = new StrongestExamples[codes.nLatents()];
        Arrays.setAll(top, latent -> new StrongestExamples(spec.topK()));
        var tallies = tallies(codes.nLatents());
        new CodePass(codes).forEachActive((latent, example, value) -> {
            top[latent].offer(example, value);
            tallies[latent].add(labels.classOf(example), Labels.half(example), value);
        });
        var latents = score(labels, top, tallies);
        var permuted = new ArrayList<ScoredLatents>();
        for (int i = 0; i < spec.permutations(); i++) {
            permuted.add(permuted(codes, labels.permuted(Randomness.PERMUTATION.stream(spec.seed(), i)), top));
        }
        var report = new LayerSummary(taxonomy, labels, spec, latents, permuted).report();
        return new ScoringResult(report, latents.all(), top, tallies);
    }

    private ScoredLatents permuted(CodeSource codes, Labels shuffled, StrongestExamples[] top) {
        var tallies = tallies(codes.nLatents());
        new CodePass(codes)
                .forEachActive((latent, example, value) ->
                        tallies[latent].add(shuffled.classOf(example), Labels.half(example), value));
        return score(shuffled, top, tallies);
    }

    private ScoredLatents score(Labels labels, StrongestExamples[] top, ClassTally[] tallies) {
        var scores = new LatentScore[top.length];
        int parts = Math.min(top.length, 4 * Runtime.getRuntime().availableProcessors());
        IntStream.range(0, parts).parallel().forEach(part -> {
            var scorer = new LatentScorer(taxonomy, labels, spec);
            for (int latent = part; latent < top.length; latent += parts) {
                scores[latent] = scorer.score(latent, top[latent], tallies[latent]);
            }
        });
        return new ScoredLatents(taxonomy, Arrays.asList(scores));
    }

    private static ClassTally[] tallies(int nLatents) {
        var tallies = new ClassTally[nLatents];
        Arrays.setAll(tallies, latent -> new ClassTally());
        return tallies;
    }

    private void check(CodeSource codes, int[] classOf) {
        if (codes.nExamples() != classOf.length) {
            throw new TaxoscopeException(
                    TaxonomyError.CODES_DO_NOT_FIT,
                    "the codes have " + codes.nExamples() + " examples, the dataset " + classOf.length
                            + ": give the dataset that the codes were made from");
        }
        if (spec.topK() > classOf.length) {
            throw new TaxoscopeException(
                    TaxonomyError.TOP_K_TOO_LARGE,
                    "topK is " + spec.topK() + ", but the dataset has only " + classOf.length + " examples");
        }
        if (taxonomy.nClasses() < 2) {
            throw new TaxoscopeException(
                    TaxonomyError.TOO_FEW_CLASSES,
                    "the only class is " + taxonomy.id(taxonomy.classNode(0))
                            + ": hierarchy scores compare classes, so give examples of at least two");
        }
        requireExamplesInEveryClass(classOf);
    }

    private void requireExamplesInEveryClass(int[] classOf) {
        var seen = new BitSet();
        Arrays.stream(classOf).forEach(seen::set);
        var empty = IntStream.range(0, taxonomy.nClasses())
                .filter(c -> !seen.get(c))
                .mapToObj(taxonomy::classNode)
                .map(taxonomy::id)
                .map(SynsetId::value)
                .toList();
        if (!empty.isEmpty()) {
            throw new TaxoscopeException(
                    TaxonomyError.EMPTY_CLASS,
                    "no example has the class " + String.join(", ", empty.subList(0, Math.min(10, empty.size())))
                            + (empty.size() > 10 ? " and " + (empty.size() - 10) + " more" : "")
                            + ": leave such labels out");
        }
    }
}
