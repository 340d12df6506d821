package io.taxoscope.taxonomy.scoring;

import java.util.random.RandomGenerator;

/** Draws sets of examples without replacement, every set of a size equally likely. */
final class RandomSubsets {
    private final RandomGenerator random;
    private final int[] examples;

    /** @param examples what is drawn for each example, such as its class; copied */
    RandomSubsets(int[] examples, RandomGenerator random) {
        this.random = random;
        this.examples = examples.clone();
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
