package io.taxoscope.taxonomy.relations;

/**
 * The halves of a dataset: something is chosen on one and judged on the other. They are those of the scorings, one bit of
 * an example's index under SplitMix64's finaliser.
 */
enum Half {
    SELECTION,
    REPORT;

    static Half of(int example) {
        return Seeded.mix(example) >>> 63 == 0 ? SELECTION : REPORT;
    }
}
