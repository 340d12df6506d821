package io.taxoscope.taxonomy.relations;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * FBMP (Klotz et al. 2026): for each synset the few latents whose union marks it best, chosen greedily on the selection
 * half and judged on the report half.
 */
final class SynsetMatching {
    private static final int MOST_LATENTS = 3;
    /** Square of the beta of F_0.5. */
    private static final double BETA_SQUARED = 0.25;

    private final Firings firings;
    private final FiringSets selection;
    private final FiringSets report;
    private final Progress progress;

    SynsetMatching(Firings firings, FiringSets selection, FiringSets report, Progress progress) {
        this.firings = firings;
        this.selection = selection;
        this.report = report;
        this.progress = progress;
    }

    /**
     * @param latents in the order in which they were taken
     * @param score F1 of their union on the report half
     */
    record Match(List<Integer> latents, double precision, double recall, double score) {}

    /** One match for each of the nodes. */
    List<Match> match(LabelledExamples labels, int[] nodes) {
        return IntStream.of(nodes)
                .parallel()
                .mapToObj(node -> {
                    var match = judge(labels, node, choose(labels, node));
                    progress.step();
                    return match;
                })
                .toList();
    }

    private List<Integer> choose(LabelledExamples labels, int node) {
        int[] residual = labels.examplesBelow(Half.SELECTION, node);
        int positives = residual.length;
        var chosen = new ArrayList<Integer>();
        var union = new BitSet();
        double f1 = 0;
        int hit = 0;
        int marked = 0;
        while (chosen.size() < MOST_LATENTS) {
            var best = best(residual, chosen);
            if (best == null) {
                break;
            }
            hit += best.hits();
            marked += selection.count(best.latent()) - selection.countIn(best.latent(), union);
            double risen = 2.0 * hit / (marked + positives);
            if (risen <= f1) {
                break;
            }
            f1 = risen;
            chosen.add(best.latent());
            for (int example : selection.of(best.latent())) {
                union.set(example);
            }
            residual = IntStream.of(residual)
                    .filter(example -> !union.get(example))
                    .toArray();
        }
        return chosen;
    }

    private record Candidate(int latent, int hits) {}

    /** The latent of greatest F_0.5 against the residual, the lowest of equals; null when none fires on it. */
    private @Nullable Candidate best(int[] residual, List<Integer> taken) {
        int[] hits = new int[selection.nLatents()];
        var rows = firings.byExample();
        for (int example : residual) {
            for (int at = rows.begin(example); at < rows.end(example); at++) {
                hits[rows.index(at)]++;
            }
        }
        int best = -1;
        double greatest = 0;
        for (int latent = 0; latent < hits.length; latent++) {
            double f = (1 + BETA_SQUARED) * hits[latent] / (BETA_SQUARED * residual.length + selection.count(latent));
            if (f > greatest && !taken.contains(latent)) {
                greatest = f;
                best = latent;
            }
        }
        return best < 0 ? null : new Candidate(best, hits[best]);
    }

    private Match judge(LabelledExamples labels, int node, List<Integer> latents) {
        boolean[] below = labels.isBelow(node);
        var union = new BitSet();
        int hit = 0;
        for (int latent : latents) {
            for (int example : report.of(latent)) {
                if (!union.get(example)) {
                    union.set(example);
                    hit += below[labels.classOf(example)] ? 1 : 0;
                }
            }
        }
        int marked = union.cardinality();
        int positives = labels.below(Half.REPORT, node);
        return new Match(latents, ratio(hit, marked), ratio(hit, positives), ratio(2.0 * hit, marked + positives));
    }

    private static double ratio(double part, int whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
