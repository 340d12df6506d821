package io.taxoscope.taxonomy.scoring;

import java.util.function.Consumer;

/** Sparse codes of all examples; read several times, one block of rows in memory at a time. */
public interface CodeSource {
    int nExamples();

    int nLatents();

    /** Hands out every row once, in the order of the examples. May throw to stop a scoring half-way. */
    void forEachBlock(Consumer<CodeBlock> use);

    /**
     * Consecutive rows as compressed sparse rows: the entries of row {@code r} are {@code begin(r)} to
     * {@code end(r) - 1}, their latents ascending.
     */
    interface CodeBlock {
        int firstExample();

        int rows();

        int begin(int row);

        int end(int row);

        int latent(int entry);

        float value(int entry);
    }
}
