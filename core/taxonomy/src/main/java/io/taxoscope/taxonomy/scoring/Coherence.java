package io.taxoscope.taxonomy.scoring;

import java.util.List;

/**
 * Activation-weighted mean similarity of two different examples: {@code sum_{i != j} z_i z_j sim / sum_{i != j} z_i z_j}.
 * Two examples of one class have similarity 1.
 */
final class Coherence {
    private Coherence() {}

    /** Lin, then Wu-Palmer. */
    static double[] ofTop(ClassSimilarities similarities, Labels labels, long[] firings, int count) {
        double lin = 0;
        double wuPalmer = 0;
        double weights = 0;
        for (int i = 0; i < count; i++) {
            int a = labels.classOf(Firing.example(firings[i]));
            for (int j = 0; j < i; j++) {
                int b = labels.classOf(Firing.example(firings[j]));
                double weight = (double) Firing.value(firings[i]) * Firing.value(firings[j]);
                weights += weight;
                lin += weight * similarities.lin(a, b);
                wuPalmer += weight * similarities.wuPalmer(a, b);
            }
        }
        return new double[] {lin / weights, wuPalmer / weights};
    }

    /**
     * The same over all that fires, from class masses: the pairs of an example with itself are taken out. Many latents
     * together, so that a row of the tables is fetched once for all of them.
     */
    static double[][] ofClasses(ClassSimilarities similarities, List<LatentClasses> latents) {
        double[][] sums = new double[latents.size()][2];
        int[] next = new int[latents.size()];
        for (int c = 0; c < similarities.size(); c++) {
            double[] lin = similarities.linOf(c);
            double[] wuPalmer = similarities.wuPalmerOf(c);
            for (int i = 0; i < next.length; i++) {
                var classes = latents.get(i);
                int at = next[i];
                if (at < classes.size() && classes.classAt(at) == c) {
                    double mass = classes.massAt(at);
                    sums[i][0] += mass * (mass + 2 * classes.dotBefore(at, lin));
                    sums[i][1] += mass * (mass + 2 * classes.dotBefore(at, wuPalmer));
                    next[i]++;
                }
            }
        }
        for (int i = 0; i < sums.length; i++) {
            double self = latents.get(i).sumOfSquares();
            double weights = latents.get(i).mass() * latents.get(i).mass() - self;
            sums[i][0] = (sums[i][0] - self) / weights;
            sums[i][1] = (sums[i][1] - self) / weights;
        }
        return sums;
    }

    /** What two different examples of the dataset, drawn at random, expect: the chance level, exactly. */
    static double[] expected(ClassSimilarities similarities, int[] perClass) {
        double lin = 0;
        double wuPalmer = 0;
        double examples = 0;
        for (int a = 0; a < perClass.length; a++) {
            examples += perClass[a];
            for (int b = 0; b < perClass.length; b++) {
                double pairs = (double) perClass[a] * (a == b ? perClass[a] - 1 : perClass[b]);
                lin += pairs * similarities.lin(a, b);
                wuPalmer += pairs * similarities.wuPalmer(a, b);
            }
        }
        double pairs = examples * (examples - 1);
        return new double[] {lin / pairs, wuPalmer / pairs};
    }
}
