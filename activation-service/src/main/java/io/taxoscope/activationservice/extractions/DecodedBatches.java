package io.taxoscope.activationservice.extractions;

import io.taxoscope.store.ContentStore;
import io.taxoscope.store.DatasetManifest.Example;
import io.taxoscope.vision.image.ImageDecoder;
import io.taxoscope.vision.image.Preprocessor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Batches of pixels in order, decoded a few ahead on their own threads while the model runs. */
public final class DecodedBatches implements AutoCloseable {
    /** Decoding costs a fraction of the model's time; half the cores keep ahead of it. */
    private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private static final int AHEAD = THREADS + 1;
    /** Batches in memory at any time: those decoded or being decoded, and the one that the model has. */
    static final int AT_ONCE = AHEAD + 2;

    private final ExecutorService workers = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().name("decode-", 0).factory());
    private final Deque<Future<Batch>> ahead = new ArrayDeque<>();
    private final Iterator<Slice> slices;
    private final ContentStore store;
    private final ImageDecoder decoder;
    private final Preprocessor preprocessor;

    public DecodedBatches(Iterator<Slice> slices, ContentStore store, ImageDecoder decoder, Preprocessor preprocessor) {
        this.slices = slices;
        this.store = store;
        this.decoder = decoder;
        this.preprocessor = preprocessor;
    }

    /**
     * Images that make one batch.
     *
     * @param shard which piece of the work they belong to
     * @param firstRow place of the first in that piece
     */
    public record Slice(int shard, int firstRow, List<Example> examples) {}

    /** The next batch, or null after the last. */
    public @Nullable Batch next() throws InterruptedException, ExecutionException {
        while (slices.hasNext() && ahead.size() <= AHEAD) {
            Slice slice = slices.next();
            Callable<Batch> decode =
                    () -> Batch.decode(store, decoder, preprocessor, slice.shard(), slice.firstRow(), slice.examples());
            ahead.add(workers.submit(decode));
        }
        Future<Batch> first = ahead.poll();
        return first == null ? null : first.get();
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
