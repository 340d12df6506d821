package io.taxoscope.taxonomy.relations;

/** One vector for each example. Safe to read from many threads. */
public interface DenseRows {
    int nExamples();

    int width();

    /** Copies the vector of {@code examples[i]} to place {@code i} of {@code out_bd} for each {@code i < count}. */
    void gather(int[] examples, int count, float[] out_bd);
}
