package io.taxoscope.taxonomy.scoring;

/**
 * Activation-weighted mean similarity of two different examples: {@code sum_{i != j} z_i z_j sim / sum_{i != j} z_i z_j}.
 * Two examples of one class have similarity 1.
 */
final class Coherence {
    private Coherence() {}

    /** Lin, then Wu-Palmer. */
    static double[] ofTop(ClassSimilarities similarities, long[] firings, int[] classOf, int count) {
        double lin = 0;
        double wuPalmer = 0;
        double weights = 0;
        for (int i = 0; i < count; i++) {
            int a = classOf[i];
            for (int j = 0; j < i; j++) {
                int b = classOf[j];
                double weight = (double) Firing.value(firings[i]) * Firing.value(firings[j]);
                weights += weight;
                lin += weight * similarities.lin(a, b);
                wuPalmer += weight * similarities.wuPalmer(a, b);
            }
        }
        return new double[] {lin / weights, wuPalmer / weights};
    }

    /** The same over all that fires, from class masses: the pairs of an example with itself are taken out. */
    static double ofClasses(PairSum.Scratch similarity, ClassMasses classes) {
        double sameClass = 0;
        for (int i = 0; i < classes.nClasses(); i++) {
            sameClass += classes.massAt(i) * classes.massAt(i);
        }
        double self = classes.sumOfSquares();
        return (similarity.of(classes) + sameClass - self) / (classes.sum() * classes.sum() - self);
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
