package io.taxoscope.taxonomy.scoring;

import java.util.SplittableRandom;

/** Independent streams of random numbers from one seed. */
enum Randomness {
    CHANCE_LCH(1),
    CHANCE_COVERAGE(2),
    CHANCE_BEST_SYNSET(3),
    PERMUTATION(4),
    BOOTSTRAP(5);

    private final int number;

    Randomness(int number) {
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
}
