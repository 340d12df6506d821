package io.taxoscope.taxonomyservice.scoring;

import io.taxoscope.store.Codes;
import io.taxoscope.store.CodesShard;
import io.taxoscope.taxonomy.scoring.CodeSource;
import java.util.function.Consumer;

/** Codes in the store, read shard by shard. */
final class StoredCodes implements CodeSource {
    private final Codes codes;
    private final Runnable afterShard;

    /** @param afterShard may throw to stop the scoring */
    StoredCodes(Codes codes, Runnable afterShard) {
        this.codes = codes;
        this.afterShard = afterShard;
    }

    @Override
    public int nExamples() {
        return codes.nExamples();
    }

    @Override
    public int nLatents() {
        return codes.nLatents();
    }

    @Override
    public void forEachBlock(Consumer<CodeBlock> use) {
        codes.forEachShard(shard -> {
            use.accept(new ShardBlock(shard));
            afterShard.run();
        });
    }

    private record ShardBlock(CodesShard shard) implements CodeBlock {
        @Override
        public int firstExample() {
            return shard.firstExample();
        }

        @Override
        public int rows() {
            return shard.nExamples();
        }

        @Override
        public int begin(int row) {
            return shard.begin(row);
        }

        @Override
        public int end(int row) {
            return shard.end(row);
        }

        @Override
        public int latent(int entry) {
            return shard.latent(entry);
        }

        @Override
        public float value(int entry) {
            return shard.value(entry);
        }
    }
}
