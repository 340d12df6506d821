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
 */
public record ShardSetSpec(
        String tap,
        int depth,
        String token,
        int width,
        int nExamples,
        int examplesPerShard,
        String model,
        Sha256 dataset) {
    public ShardSetSpec {
        if (width < 1) {
            throw new IllegalArgumentException("width must be positive: " + width);
        }
        new ShardPlan(nExamples, examplesPerShard);
    }

    ShardPlan plan() {
        return new ShardPlan(nExamples, examplesPerShard);
    }
}
