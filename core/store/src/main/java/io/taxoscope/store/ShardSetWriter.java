package io.taxoscope.store;

import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes activations shard by shard, in any order and from any thread. A job that was killed opens the writer again and
 * skips what {@link #isCommitted} finds; once sealed, the shard set never changes.
 */
public final class ShardSetWriter {
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

    /** Values of one shard: {@link #examplesIn} times {@link #tokensPerExample} times the width. */
    public int valuesIn(int shard) {
        return Math.multiplyExact(Math.multiplyExact(examplesIn(shard), spec.tokensPerExample()), spec.width());
    }

    public int tokensPerExample() {
        return spec.tokensPerExample();
    }

    /**
     * Takes over every shard of an earlier shard set of the same spec whose bytes are as they were made, so that only the
     * others need be made again. The manifest must be intact.
     */
    public void adopt(ContentStore store, Sha256 ref) {
        var folder = new SealedFolder(store.shardSets().resolve(ref.hex()), ref);
        List<ShardFile> sealed = folder.manifest(ShardSetManifest::parse, StoreError.SHARD_SET_NOT_FOUND)
                .shards();
        for (int shard = 0; shard < sealed.size(); shard++) {
            try {
                shards.adopt(
                        shard,
                        folder.intact(sealed.get(shard)),
                        sealed.get(shard).sha256());
            } catch (TaxoscopeException damaged) {
                if (damaged.code() == StoreError.STORE_UNWRITABLE) {
                    throw damaged;
                }
            }
        }
    }

    /** Keeps the shard for good; committing it again changes nothing. */
    public void commit(int shard, float[] acts_bd) {
        commit(shard, acts_bd, null);
    }

    /** @param tokens_b for each row which token of its image it is; null when the spec's token says it */
    public void commit(int shard, float[] acts_bd, int @Nullable [] tokens_b) {
        int values = valuesIn(shard);
        if (acts_bd.length != values || (tokens_b != null && tokens_b.length != values / spec.width())) {
            throw new IllegalArgumentException(
                    "shard " + shard + " takes " + values / spec.width() + " x " + spec.width() + " values, got "
                            + acts_bd.length + (tokens_b == null ? "" : " of " + tokens_b.length + " tokens"));
        }
        if (isCommitted(shard)) {
            return;
        }
        requireStorable(shard, acts_bd);
        var content = new ShardContent(spec.type(), spec.width(), acts_bd);
        shards.commit(shard, out -> content.writeTo(out, tokens_b));
    }

    /**
     * Makes the shard set immutable and answers its ref; sealing again, or after a restart, answers the same. The job calls
     * {@link ContentStore#discardWork} once it has noted the ref.
     */
    public Sha256 seal() {
        return shards.seal(
                (files, folder) -> ShardSetManifest.of(spec, ShardSetSummary.of(spec, folder, files), files));
    }

    private void requireStorable(int shard, float[] acts_bd) {
        for (int i = 0; i < acts_bd.length; i++) {
            if (!Float.isFinite(acts_bd[i])) {
                throw StoreError.VALUES_NOT_FINITE.because(value(shard, acts_bd, i));
            }
            if (!spec.type().holds(acts_bd[i])) {
                throw StoreError.VALUES_OUT_OF_RANGE.because(value(shard, acts_bd, i) + ", beyond the range of "
                        + spec.type() + "; store these activations as BF16 or F32");
            }
        }
    }

    private String value(int shard, float[] acts_bd, int at) {
        int example = firstExample(shard) + at / spec.width() / spec.tokensPerExample();
        return "the activation of example " + example + " at " + spec.tap() + " has the value " + acts_bd[at]
                + " in dimension " + at % spec.width();
    }
}
