package io.taxoscope.store;

import io.taxoscope.common.Sha256;
import java.util.List;
import java.util.Map;

/**
 * Writes activations shard by shard, in any order and from any thread. A job that was killed opens the writer again and
 * skips what {@link #isCommitted} finds; once sealed, the shard set never changes.
 */
public final class ShardSetWriter {
    static final String TENSOR = "activations";

    private final ShardSetSpec spec;
    private final UnsealedShards shards;

    private ShardSetWriter(ShardSetSpec spec, UnsealedShards shards) {
        this.spec = spec;
        this.shards = shards;
    }

    /** One job may have several writers, one for each spec. */
    public static ShardSetWriter open(ContentStore store, String jobId, ShardSetSpec spec) {
        return new ShardSetWriter(
                spec, new UnsealedShards(store, jobId, spec, store.shardSets(), "shard", spec.plan()));
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

    /** Keeps the shard for good; committing it again changes nothing. */
    public void commit(int shard, float[] acts_bd) {
        int rows = examplesIn(shard);
        if (acts_bd.length != (long) rows * spec.width()) {
            throw new IllegalArgumentException(
                    "shard " + shard + " takes " + rows + " x " + spec.width() + " values, got " + acts_bd.length);
        }
        requireFinite(shard, acts_bd);
        Tensor tensor = Tensor.of(TENSOR, acts_bd, rows, spec.width());
        shards.commit(shard, out -> Safetensors.write(out, Map.of(), List.of(tensor)));
    }

    /**
     * Makes the shard set immutable and answers its ref; sealing again, or after a restart, answers the same. The job calls
     * {@link ContentStore#discardWork} once it has noted the ref.
     */
    public Sha256 seal() {
        return shards.seal(files -> ShardSetManifest.of(spec, files));
    }

    private void requireFinite(int shard, float[] acts_bd) {
        for (int i = 0; i < acts_bd.length; i++) {
            if (!Float.isFinite(acts_bd[i])) {
                throw StoreError.VALUES_NOT_FINITE.because("the activation of example "
                        + (firstExample(shard) + i / spec.width()) + " at " + spec.tap() + " has the value "
                        + acts_bd[i] + " in dimension " + i % spec.width());
            }
        }
    }
}
