package io.taxoscope.store;

/** How examples fall into shards: all of one size but the last. */
record ShardPlan(int nExamples, int examplesPerShard) {
    ShardPlan {
        if (nExamples < 1 || examplesPerShard < 1) {
            throw new IllegalArgumentException(
                    "nExamples and examplesPerShard must be positive: " + nExamples + ", " + examplesPerShard);
        }
    }

    int nShards() {
        return Math.ceilDiv(nExamples, examplesPerShard);
    }

    int firstExample(int shard) {
        requireShard(shard);
        return shard * examplesPerShard;
    }

    int examplesIn(int shard) {
        return Math.min(examplesPerShard, nExamples - firstExample(shard));
    }

    void requireShard(int shard) {
        if (shard < 0 || shard >= nShards()) {
            throw new IllegalArgumentException("no shard " + shard + " of " + nShards());
        }
    }
}
