package io.taxoscope.vision.run;

import java.util.SplittableRandom;

/**
 * Which patches of an image are kept.
 *
 * @param count patches of each image
 * @param seed of random samples, which differ from image to image; 0 for strided ones
 */
public record PatchSample(Order order, int count, long seed) {
    /** How the patches are chosen. */
    public enum Order {
        /** Each image's own, every set of {@code count} patches being as likely. */
        RANDOM,
        /** The same of every image, evenly spaced in reading order. */
        STRIDED
    }

    public PatchSample {
        if (count < 1 || (order == Order.STRIDED && seed != 0)) {
            throw new IllegalArgumentException("no sample of patches: " + order + " " + count + " " + seed);
        }
    }

    /** Ascending positions among the {@code nPatches} patches of an example. */
    int[] positions(int example, int nPatches) {
        int[] chosen = new int[count];
        if (order == Order.STRIDED) {
            for (int i = 0; i < count; i++) {
                chosen[i] = (int) ((2L * i + 1) * nPatches / (2L * count)); // the middle of the i-th of count stretches
            }
            return chosen;
        }
        var random = new SplittableRandom(seed * 0x9E37_79B9_7F4A_7C15L + example);
        int n = 0;
        // Knuth's selection sampling: position p is taken with the probability (still wanted) / (still to come).
        for (int p = 0; n < count; p++) {
            if (random.nextInt(nPatches - p) < count - n) {
                chosen[n++] = p;
            }
        }
        return chosen;
    }
}
