package io.taxoscope.activationservice.extractions;

import io.taxoscope.store.ShardSetWriter;
import io.taxoscope.vision.run.Selection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes full shards on a thread of its own while the model fills the next; at most one waits to be on disk. */
final class ShardCommits implements AutoCloseable {
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("commit").factory());
    private final List<ShardSetWriter> writers;
    private final List<Selection> selections;
    private Future<?> last = CompletableFuture.completedFuture(null);

    ShardCommits(List<ShardSetWriter> writers, List<Selection> selections) {
        this.writers = writers;
        this.selections = selections;
    }

    /** Begins to write a shard, once the one before is there; fails as that has failed. */
    void add(int shard, List<float[]> acts) throws InterruptedException, ExecutionException {
        finish();
        last = writer.submit(() -> commit(shard, acts));
    }

    /** Waits until all is written. */
    void finish() throws InterruptedException, ExecutionException {
        last.get();
    }

    /** Lets a shard that is being written come to its end: it need not be made again. */
    @Override
    public void close() {
        writer.close();
    }

    private void commit(int shard, List<float[]> acts) {
        for (int i = 0; i < writers.size(); i++) {
            writers.get(i).commit(shard, acts.get(i), tokens(writers.get(i), selections.get(i), shard));
        }
    }

    /** For each row of the shard its token; null where there is but one that it could be. */
    private static int @Nullable [] tokens(ShardSetWriter writer, Selection selection, int shard) {
        if (selection.token().isOne()) {
            return null;
        }
        int first = writer.firstExample(shard);
        return IntStream.range(first, first + writer.examplesIn(shard))
                .flatMap(example -> IntStream.of(selection.tokens(example)))
                .toArray();
    }
}
