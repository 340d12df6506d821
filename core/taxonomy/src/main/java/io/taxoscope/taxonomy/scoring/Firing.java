package io.taxoscope.taxonomy.scoring;

/**
 * An example with the value (above 0) that a latent has on it, packed into a long so that ascending longs run from the
 * strongest to the weakest, of equal values the lower example first.
 */
final class Firing {
    private Firing() {}

    static long of(int example, float value) {
        return ((long) (Integer.MAX_VALUE - Float.floatToRawIntBits(value)) << 32) | example;
    }

    static int example(long firing) {
        return (int) firing;
    }

    static float value(long firing) {
        return Float.intBitsToFloat(Integer.MAX_VALUE - strength(firing));
    }

    /** Equal for equal values, and only for them. */
    static int strength(long firing) {
        return (int) (firing >>> 32);
    }
}
