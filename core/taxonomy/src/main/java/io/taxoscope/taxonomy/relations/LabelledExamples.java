package io.taxoscope.taxonomy.relations;

import io.taxoscope.taxonomy.Taxonomy;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The class of every example, and which examples of either half lie below each node. */
public final class LabelledExamples {
    private final Taxonomy taxonomy;
    private final int[] classOf;
    private final Map<Half, int[][]> examplesOf = new EnumMap<>(Half.class);

    /** @param classOf the class of each example, as a class index of the taxonomy; kept, not copied */
    public LabelledExamples(Taxonomy taxonomy, int[] classOf) {
        this.taxonomy = taxonomy;
        this.classOf = classOf;
        for (Half half : Half.values()) {
            examplesOf.put(half, byClass(half));
        }
    }

    public Taxonomy taxonomy() {
        return taxonomy;
    }

    public int size() {
        return classOf.length;
    }

    int classOf(int example) {
        return classOf[example];
    }

    /** Examples of one class in one half, ascending. */
    int[] examplesOf(Half half, int classIndex) {
        return halves(half)[classIndex];
    }

    int count(Half half, int classIndex) {
        return halves(half)[classIndex].length;
    }

    public int nReported() {
        return size(Half.REPORT);
    }

    int size(Half half) {
        return Arrays.stream(halves(half)).mapToInt(all -> all.length).sum();
    }

    /** N_v on one half. */
    int below(Half half, int node) {
        int sum = 0;
        for (int c : taxonomy.classesBelow(node)) {
            sum += count(half, c);
        }
        return sum;
    }

    /** Examples of one half on or below a node, class by class. */
    int[] examplesBelow(Half half, int node) {
        return Arrays.stream(taxonomy.classesBelow(node))
                .flatMap(c -> Arrays.stream(examplesOf(half, c)))
                .toArray();
    }

    /** For each class whether it lies on or below the node. */
    boolean[] isBelow(int node) {
        boolean[] below = new boolean[taxonomy.nClasses()];
        for (int c : taxonomy.classesBelow(node)) {
            below[c] = true;
        }
        return below;
    }

    LabelledExamples permuted(RandomGenerator random) {
        int[] shuffled = classOf.clone();
        Seeded.shuffle(shuffled, random);
        return new LabelledExamples(taxonomy, shuffled);
    }

    private int[][] halves(Half half) {
        return examplesOf.getOrDefault(half, new int[0][]);
    }

    private int[][] byClass(Half half) {
        int[] counts = new int[taxonomy.nClasses()];
        for (int i = 0; i < classOf.length; i++) {
            if (Half.of(i) == half) {
                counts[classOf[i]]++;
            }
        }
        int[][] examples = new int[counts.length][];
        Arrays.setAll(examples, c -> new int[counts[c]]);
        Arrays.fill(counts, 0);
        for (int i = 0; i < classOf.length; i++) {
            if (Half.of(i) == half) {
                examples[classOf[i]][counts[classOf[i]]++] = i;
            }
        }
        return examples;
    }
}
