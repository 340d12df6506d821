package io.taxoscope.taxonomy.scoring;

import io.taxoscope.taxonomy.scoring.ScoringResult.ClassActivity;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The classes that activate one latent, kept small: there is one for every latent until the rows are written. */
final class LatentClasses {
    private final int[] classes;
    private final int[] counts;
    private final double[] masses;
    private final double sumOfSquares;

    LatentClasses(int[] classes, int[] counts, double[] masses, double sumOfSquares) {
        this.classes = classes;
        this.counts = counts;
        this.masses = masses;
        this.sumOfSquares = sumOfSquares;
    }

    int size() {
        return classes.length;
    }

    /** Ascending. */
    int classAt(int at) {
        return classes[at];
    }

    double massAt(int at) {
        return masses[at];
    }

    double mass() {
        return DoubleStream.of(masses).sum();
    }

    /** Of the latent's values. */
    double sumOfSquares() {
        return sumOfSquares;
    }

    /**
     * {@code sum_j<end mass_j row_j}. Two sums at a time, so that one addition need not wait for the other; the same order
     * on any machine.
     */
    double dotBefore(int end, double[] row) {
        double even = 0;
        double odd = 0;
        int j = 0;
        for (; j + 1 < end; j += 2) {
            even += masses[j] * row[classes[j]];
            odd += masses[j + 1] * row[classes[j + 1]];
        }
        return j < end ? even + masses[j] * row[classes[j]] + odd : even + odd;
    }

    List<ClassActivity> toList() {
        return IntStream.range(0, classes.length)
                .mapToObj(i -> new ClassActivity(classes[i], counts[i], masses[i]))
                .toList();
    }
}
