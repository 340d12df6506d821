package io.taxoscope.taxonomy.scoring;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Draws sets of examples without replacement, every set of a size equally likely. */
final class RandomSubsets {
    private final RandomGenerator random;
    private final int[] examples;

    RandomSubsets(int nExamples, RandomGenerator random) {
        this.random = random;
        this.examples = IntStream.range(0, nExamples).toArray();
    }

    /** Examples that are not drawn stay in some order, which is as good a start for the next draw as any other. */
    void draw(int count, int[] out) {
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(examples.length - i);
            out[i] = examples[j];
            examples[j] = examples[i];
            examples[i] = out[i];
        }
    }
}
