package io.taxoscope.taxonomy.scoring;

import io.taxoscope.taxonomy.Taxonomy;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What all latents of a scoring are read with: the hierarchy laid out for it, whatever the labels. */
final class Frame {
    private final Taxonomy taxonomy;
    private final ScoringSpec spec;
    private final int[][] reachableAbove;
    private final int[][] ways;
    private final @Nullable ClassSimilarities similarities;

    Frame(Taxonomy taxonomy, ScoringSpec spec) {
        this.taxonomy = taxonomy;
        this.spec = spec;
        this.reachableAbove = IntStream.range(0, taxonomy.nClasses())
                .mapToObj(c -> IntStream.of(taxonomy.ancestors(taxonomy.classNode(c)))
                        .filter(taxonomy::isReachable)
                        .toArray())
                .toArray(int[][]::new);
        this.ways = EntropyProfile.ways(taxonomy);
        this.similarities = ClassSimilarities.of(taxonomy);
    }

    Taxonomy taxonomy() {
        return taxonomy;
    }

    ScoringSpec spec() {
        return spec;
    }

    /** For each class the nodes on or above it that are reachable: one for each distinct class set. */
    int[][] reachableAbove() {
        return reachableAbove;
    }

    int[][] ways() {
        return ways;
    }

    int nDepths() {
        return EntropyProfile.nDepths(ways);
    }

    /** Absent when there are too many classes for a table of pairs. */
    @Nullable ClassSimilarities similarities() {
        return similarities;
    }

    int nReachable() {
        return (int) IntStream.range(0, taxonomy.nNodes())
                .filter(taxonomy::isReachable)
                .count();
    }
}
