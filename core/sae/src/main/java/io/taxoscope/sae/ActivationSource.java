package io.taxoscope.sae;

/** Activation vectors by row number. */
public interface ActivationSource {
    int nExamples();

    /** Length of one activation vector. */
    int width();

    /** Copies rows {@code first} to {@code first + n - 1} to the start of {@code out_bd}. */
    void rows(int first, int n, float[] out_bd);

    /** Copies the first {@code count} of {@code rows}, in that order, to the start of {@code out_bd}. */
    void gather(int[] rows, int count, float[] out_bd);
}
