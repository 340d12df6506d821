package io.taxoscope.taxonomy.scoring;

import io.taxoscope.taxonomy.Taxonomy;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The class of every example, and how many examples each node of the taxonomy has on either half of the dataset. */
final class Labels {
    /** The half on which a best synset is chosen, and the other, on which it is judged. */
    static final int SELECTION = 0;

    static final int REPORT = 1;

    private final Taxonomy taxonomy;
    private final int[] classOf;
    private final int[][] perNode = new int[2][];
    private final int[] perHalf = new int[2];

    Labels(Taxonomy taxonomy, int[] classOf) {
        this.taxonomy = taxonomy;
        this.classOf = classOf;
        int[][] perClass = new int[2][taxonomy.nClasses()];
        for (int example = 0; example < classOf.length; example++) {
            perClass[half(example)][classOf[example]]++;
            perHalf[half(example)]++;
        }
        Arrays.setAll(perNode, half -> rollUp(perClass[half]));
    }

    /**
     * The half that an example belongs to, whatever the seed: one bit of its index under SplitMix64's finaliser, so that
     * neither the order of classes nor their number decides it.
     */
    static int half(int example) {
        return (int) (Randomness.mix(example) >>> 63);
    }

    int size() {
        return classOf.length;
    }

    int classOf(int example) {
        return classOf[example];
    }

    /** Of every example; not to be written to. */
    int[] classOf() {
        return classOf;
    }

    /** The class of the example of each firing: looked up once for all that needs it, since examples come in no order. */
    int[] classesOf(long[] firings) {
        int[] classes = new int[firings.length];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = classOf[Firing.example(firings[i])];
        }
        return classes;
    }

    /** Examples of each class. */
    int[] perClass() {
        int[] counts = new int[taxonomy.nClasses()];
        for (int each : classOf) {
            counts[each]++;
        }
        return counts;
    }

    /** Examples of one half. */
    int inHalf(int half) {
        return perHalf[half];
    }

    /** N_v: examples of one half whose class lies on or below a node. */
    int below(int half, int node) {
        return perNode[half][node];
    }

    /** The same examples with their labels shuffled: the label histogram stays, every relation to the codes goes. */
    Labels permuted(RandomGenerator random) {
        int[] shuffled = classOf.clone();
        for (int i = shuffled.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = kept;
        }
        return new Labels(taxonomy, shuffled);
    }

    private int[] rollUp(int[] perClass) {
        int[] sums = new int[taxonomy.nNodes()];
        for (int c = 0; c < perClass.length; c++) {
            for (int node : taxonomy.ancestors(taxonomy.classNode(c))) {
                sums[node] += perClass[c];
            }
        }
        return sums;
    }
}
