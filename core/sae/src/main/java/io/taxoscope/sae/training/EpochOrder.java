package io.taxoscope.sae.training;

import java.util.SplittableRandom;

/**
 * The order in which training sees examples: shuffled epochs, one after the other. An epoch's order depends on the seed
 * and the epoch's number alone, so a resumed training needs no state but its position.
 */
final class EpochOrder {
    private final long seed;
    private final int[] order;
    private long epoch = -1;

    EpochOrder(long seed, int nExamples) {
        this.seed = seed;
        this.order = new int[nExamples];
    }

    /** Fills {@code rows} with the examples from {@code position} on. */
    void fill(long position, int[] rows) {
        for (int i = 0; i < rows.length; i++) {
            long at = position + i;
            select(at / order.length);
            rows[i] = order[(int) (at % order.length)];
        }
    }

    private void select(long wanted) {
        if (epoch == wanted) {
            return;
        }
        epoch = wanted;
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + epoch);
        for (int i = 0; i < order.length; i++) { // Fisher-Yates, inside out
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
    }
}
