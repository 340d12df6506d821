package io.taxoscope.saeservice.reconstruction;

import io.taxoscope.store.ShardSetWriter;

/** Rows that come in order, gathered into shards. */
final class ShardRows {
    private final ShardSetWriter writer;
    private final int width;
    private float[] acts_bd;
    private int shard;
    private int filled;

    ShardRows(ShardSetWriter writer, int width) {
        this.writer = writer;
        this.width = width;
        this.acts_bd = new float[writer.examplesIn(0) * width];
    }

    void append(float[] rows_bd, int n) {
        for (int done = 0; done < n; ) {
            int take = Math.min(n - done, writer.examplesIn(shard) - filled);
            System.arraycopy(rows_bd, done * width, acts_bd, filled * width, take * width);
            done += take;
            filled += take;
            if (filled == writer.examplesIn(shard)) {
                commit();
            }
        }
    }

    private void commit() {
        if (!writer.isCommitted(shard)) {
            writer.commit(shard, acts_bd);
        }
        filled = 0;
        if (++shard < writer.nShards()) {
            acts_bd = new float[writer.examplesIn(shard) * width];
        }
    }
}
