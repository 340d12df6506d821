package io.taxoscope.bench;

import io.taxoscope.store.Codes;
import io.taxoscope.store.CodesShard;
import io.taxoscope.taxonomy.scoring.CodeSource;
import java.util.function.Consumer;

/** Codes in a store, shard by shard. */
record ShardedCodes(Codes codes) implements CodeSource {
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
        codes.forEachShard(shard -> use.accept(new Block(shard)));
    }

    private record Block(CodesShard shard) implements CodeBlock {
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
