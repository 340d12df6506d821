package io.taxoscope.taxonomy.relations;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Independent streams of random numbers from one seed, one for each purpose and draw. */
enum Seeded {
    BOOTSTRAP(101),
    STAND_INS(102),
    EVEN_FIRINGS(103),
    PERMUTED_LABELS(104),
    DEALT_DIRECTIONS(105),
    OTHER_CHILDREN(106),
    DISTANCE_PAIRS(107),
    DEALT_SYNSETS(108),
    DEALT_COORDINATES(109),
    DEALT_EXAMPLES(110);

    private final int number;

    Seeded(int number) {
        this.number = number;
    }

    /** @param index which of the streams for this purpose */
    SplittableRandom stream(long seed, int index) {
        return new SplittableRandom(mix(mix(seed) + number) + index);
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014, figure 16), after one step of its generator. */
    static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Fisher-Yates, from the end. */
    static void shuffle(int[] values, RandomGenerator random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = values[i];
            values[i] = values[j];
            values[j] = kept;
        }
    }
}
