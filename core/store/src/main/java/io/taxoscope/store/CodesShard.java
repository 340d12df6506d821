package io.taxoscope.store;

import java.util.Objects;

/** The codes of consecutive examples as compressed sparse rows. */
public final class CodesShard {
    private final int firstExample;
    private final long[] indptr;
    private final int[] indices;
    private final float[] values;

    private CodesShard(int firstExample, long[] indptr, int[] indices, float[] values) {
        this.firstExample = firstExample;
        this.indptr = indptr;
        this.indices = indices;
        this.values = values;
    }

    static CodesShard of(Safetensors file, ShardFile shard, int nLatents) {
        long[] indptr = file.longs(Codes.INDPTR);
        int[] indices = file.ints(Codes.INDICES);
        float[] values = file.floats(Codes.VALUES);
        String fault = new CsrShape(shard.nExamples(), nLatents).fault(indptr, indices, values);
        if (fault != null) {
            throw StoreError.CODES_MALFORMED.because(shard.file() + ": " + fault);
        }
        return new CodesShard(shard.firstExample(), indptr, indices, values);
    }

    /** Row of the dataset that row 0 of this shard is. */
    public int firstExample() {
        return firstExample;
    }

    public int nExamples() {
        return indptr.length - 1;
    }

    /** Active latents over all rows. */
    public int nnz() {
        return indices.length;
    }

    /** Where the row's latents start in {@link #latent} and {@link #value}; rows count from 0 in this shard. */
    public int begin(int row) {
        return (int) indptr[Objects.checkIndex(row, nExamples())];
    }

    /** Where the row's latents end, exclusively. */
    public int end(int row) {
        return (int) indptr[Objects.checkIndex(row, nExamples()) + 1];
    }

    public int latent(int at) {
        return indices[at];
    }

    public float value(int at) {
        return values[at];
    }
}
