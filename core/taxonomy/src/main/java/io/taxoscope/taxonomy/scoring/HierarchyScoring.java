package io.taxoscope.taxonomy.scoring;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.taxonomy.SynsetId;
import io.taxoscope.taxonomy.Taxonomy;
import io.taxoscope.taxonomy.TaxonomyError;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Scores every latent of some codes against a taxonomy. Streams the codes once while what fires fits into a budget, 8
 * bytes a firing, and once more for each further range of latents. The same seed gives the same numbers on any machine,
 * with any budget.
 */
public final class HierarchyScoring {
    private static final long MOST_BYTES = 2L << 30;

    private final Taxonomy taxonomy;
    private final ScoringSpec spec;

    public HierarchyScoring(Taxonomy taxonomy, ScoringSpec spec) {
        this.taxonomy = taxonomy;
        this.spec = spec;
    }

    /** @param classOf the class of each example, as a class index of the taxonomy; kept, not copied */
    public ScoringResult score(CodeSource codes, int[] classOf) {
        return score(codes, classOf, ScoringProgress.IGNORED);
    }

    public ScoringResult score(CodeSource codes, int[] classOf, ScoringProgress progress) {
        // A third of the heap: results and the codes being read need room too.
        return score(codes, classOf, Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 3), progress);
    }

    /** @param budget bytes for what fires; one latent is held at least */
    ScoringResult score(CodeSource codes, int[] classOf, long budget, ScoringProgress progress) {
        if (codes.nExamples() != classOf.length) {
            throw new TaxoscopeException(
                    TaxonomyError.CODES_DO_NOT_FIT,
                    "the codes have " + codes.nExamples() + " examples, the dataset " + classOf.length
                            + ": give the dataset that the codes were made from");
        }
        check(classOf);
        var run = new ScoringRun(new Frame(taxonomy, spec), new Labels(taxonomy, classOf), codes.nLatents());
        for (int from = 0; from < codes.nLatents(); ) {
            var tally = Tally.of(codes, from, budget);
            run.score(tally, progress);
            from = tally.to();
        }
        return run.result();
    }

    /**
     * Scores what was tallied elsewhere, shard by shard, and merged.
     *
     * @param tally of every latent
     */
    public ScoringResult score(Tally tally, int[] classOf) {
        if (tally.from() > 0) {
            throw new IllegalArgumentException("the tally starts with latent " + tally.from() + ", not with 0");
        }
        check(classOf);
        var run = new ScoringRun(new Frame(taxonomy, spec), new Labels(taxonomy, classOf), tally.to());
        run.score(tally, ScoringProgress.IGNORED);
        return run.result();
    }

    private void check(int[] classOf) {
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
