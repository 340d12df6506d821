package io.taxoscope.taxonomy.relations;

import io.taxoscope.taxonomy.relations.Firings.Columns;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Picks the latents that a synset's evidence sits in: as many as make a k-sparse probe clearly better. */
final class SparseProbe {
    private static final int MOST_LATENTS = 10;
    /** A latent more is a split of the synset when it adds this much F1 (SAEBench). */
    private static final double JUMP = 0.03;

    private final Columns rows;
    private final int nLatents;

    SparseProbe(Firings firings) {
        this.rows = firings.byExample();
        this.nLatents = firings.nLatents();
    }

    /** S_v, the most telling first; empty when no latent prefers the positives. */
    List<Integer> mainLatents(int[] positives, int[] negatives) {
        List<Integer> ranked = ranked(positives, negatives);
        if (ranked.isEmpty()) {
            return List.of();
        }
        int k = 1;
        double f1 = f1(ranked.subList(0, 1), positives, negatives);
        while (k < ranked.size()) {
            double next = f1(ranked.subList(0, k + 1), positives, negatives);
            if (next - f1 < JUMP) {
                break;
            }
            f1 = next;
            k++;
        }
        return List.copyOf(ranked.subList(0, k));
    }

    /** Latents by mean value over positives less that over negatives, as far as it is positive. */
    private List<Integer> ranked(int[] positives, int[] negatives) {
        double[] difference = new double[nLatents];
        add(difference, positives, 1.0 / positives.length);
        add(difference, negatives, -1.0 / negatives.length);
        return IntStream.range(0, nLatents)
                .filter(latent -> difference[latent] > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(latent -> -difference[latent])
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST_LATENTS)
                .toList();
    }

    private void add(double[] sums, int[] examples, double weight) {
        for (int example : examples) {
            for (int at = rows.begin(example); at < rows.end(example); at++) {
                sums[rows.index(at)] += weight * rows.value(at);
            }
        }
    }

    private double f1(List<Integer> latents, int[] positives, int[] negatives) {
        int n = positives.length + negatives.length;
        int k = latents.size();
        float[] z_nk = new float[n * k];
        boolean[] isPositive = new boolean[n];
        for (int i = 0; i < n; i++) {
            isPositive[i] = i < positives.length;
            int example = isPositive[i] ? positives[i] : negatives[i - positives.length];
            for (int at = rows.begin(example); at < rows.end(example); at++) {
                int place = latents.indexOf(rows.index(at));
                if (place >= 0) {
                    z_nk[i * k + place] = rows.value(at);
                }
            }
        }
        var probe = LogisticRegression.fit(Design.standardised(z_nk, n, k), isPositive);
        int hits = 0;
        int yes = 0;
        for (int i = 0; i < n; i++) {
            if (probe.decide(z_nk, i * k) > 0) {
                yes++;
                hits += isPositive[i] ? 1 : 0;
            }
        }
        return 2.0 * hits / (yes + positives.length);
    }
}
