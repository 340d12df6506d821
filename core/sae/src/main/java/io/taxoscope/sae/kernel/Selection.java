package io.taxoscope.sae.kernel;

/** Chooses latents from a block's pre-activations, which arrive in chunks of columns. One thread calls it. */
interface Selection {
    /** Begins a block: rows 0 to {@code rows - 1} are examples {@code first} and on. */
    void start(int first, int rows);

    /** Offers columns {@code base} to {@code base + length - 1} of {@code row}, stored from {@code at} on. */
    void offer(int row, float[] pre, int at, int base, int length);

    /** Writes the codes of the block, unless what was chosen is not final yet. */
    void finish(int first, int rows, Codes codes);
}
