package io.taxoscope.store;

import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import java.util.List;
import java.util.Map;

/** Writes sparse codes shard by shard, with the same promises as {@link ShardSetWriter}. */
public final class CodesWriter {
    private final CodesSpec spec;
    private final UnsealedShards shards;

    private CodesWriter(CodesSpec spec, UnsealedShards shards) {
        this.spec = spec;
        this.shards = shards;
    }

    public static CodesWriter open(ContentStore store, String jobId, CodesSpec spec) {
        return new CodesWriter(spec, new UnsealedShards(store, jobId, spec, store.codes(), "codes", spec.plan()));
    }

    public int nShards() {
        return spec.plan().nShards();
    }

    /** Row of the dataset that the shard starts with. */
    public int firstExample(int shard) {
        return spec.plan().firstExample(shard);
    }

    public int examplesIn(int shard) {
        return spec.plan().examplesIn(shard);
    }

    /** Whether the shard is on disk with the bytes that were committed. */
    public boolean isCommitted(int shard) {
        return shards.isCommitted(shard);
    }

    /**
     * Keeps the shard for good; committing it again changes nothing. Row {@code i} has the latents
     * {@code indices[indptr[i]]} to {@code indices[indptr[i + 1] - 1]}, ascending, with their values.
     */
    public void commit(int shard, long[] indptr, int[] indices, float[] values) {
        CsrShape shape = new CsrShape(examplesIn(shard), spec.nLatents());
        String fault = shape.fault(indptr, indices, values);
        if (fault != null) {
            throw malformed(shard, fault);
        }
        List<Tensor> tensors = List.of(
                Tensor.of(Codes.INDPTR, indptr, indptr.length),
                Tensor.of(Codes.INDICES, indices, indices.length),
                Tensor.of(Codes.VALUES, values, values.length));
        shards.commit(shard, out -> Safetensors.write(out, Map.of(), tensors));
    }

    /**
     * Makes the codes immutable and answers its ref; sealing again, or after a restart, answers the same. The job calls
     * {@link ContentStore#discardWork} once it has noted the ref.
     */
    public Sha256 seal() {
        return shards.seal((files, folder) -> CodesManifest.of(spec, files));
    }

    private TaxoscopeException malformed(int shard, String fault) {
        return StoreError.CODES_MALFORMED.because("codes of examples " + firstExample(shard) + " to "
                + (firstExample(shard) + examplesIn(shard) - 1) + ": " + fault);
    }
}
