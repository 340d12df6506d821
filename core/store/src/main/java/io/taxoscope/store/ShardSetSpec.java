package io.taxoscope.store;

import io.taxoscope.common.Sha256;

/**
 * What a shard set will hold.
 *
 * @param tap stable name of the point in the model, such as {@code blocks.5.resid_post}
 * @param depth 0-based block or stage; the embeddings are -1
 * @param token which vector of the tap, such as {@code CLS}
 * @param width length of one activation vector
 * @param model id of the model, which names its file and preprocessing
 * @param dataset the dataset's manifest in the store
 * @param tokensPerExample rows that each example has
 * @param type how the numbers are stored
 */
public record ShardSetSpec(
        String tap,
        int depth,
        String token,
        int width,
        int nExamples,
        int examplesPerShard,
        String model,
        Sha256 dataset,
        int tokensPerExample,
        StoredType type) {
    /** About what a shard's header takes. */
    private static final int HEADER = 350;

    public ShardSetSpec {
        if (width < 1 || tokensPerExample < 1) {
            throw new IllegalArgumentException(
                    "width and tokensPerExample must be positive: " + width + ", " + tokensPerExample);
        }
        if ((long) nExamples * tokensPerExample > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    nExamples + " examples of " + tokensPerExample + " tokens are more rows than can be numbered");
        }
        new ShardPlan(nExamples, examplesPerShard);
    }

    /** One row for each example, in single precision. */
    public ShardSetSpec(
            String tap,
            int depth,
            String token,
            int width,
            int nExamples,
            int examplesPerShard,
            String model,
            Sha256 dataset) {
        this(tap, depth, token, width, nExamples, examplesPerShard, model, dataset, 1, StoredType.F32);
    }

    int nRows() {
        return nExamples * tokensPerExample;
    }

    /** Bytes that the shards will take, to within some hundred for each. */
    public long bytes() {
        long row = (long) width * type.bytes() + (tokensPerExample > 1 ? Integer.BYTES : 0);
        long perShard = 2L * width * Double.BYTES + (type == StoredType.I8 ? (long) width * Float.BYTES : 0);
        return row * nRows() + (perShard + HEADER) * plan().nShards();
    }

    ShardPlan plan() {
        return new ShardPlan(nExamples, examplesPerShard);
    }
}
