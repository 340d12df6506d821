package io.taxoscope.taxonomy.scoring;

import io.taxoscope.taxonomy.scoring.ScoringResult.ClassActivity;
import java.util.List;
import java.util.stream.IntStream;

/** The classes that activate one latent, kept small: there is one for every latent until the rows are written. */
final class LatentClasses {
    private final int[] classes;
    private final int[] counts;
    private final double[] masses;

    LatentClasses(int[] classes, int[] counts, double[] masses) {
        this.classes = classes;
        this.counts = counts;
        this.masses = masses;
    }

    List<ClassActivity> toList() {
        return IntStream.range(0, classes.length)
                .mapToObj(i -> new ClassActivity(classes[i], counts[i], masses[i]))
                .toList();
    }
}
