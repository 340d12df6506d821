package io.taxoscope.saeservice.training;

import io.taxoscope.sae.ActivationSource;
import io.taxoscope.sae.InMemoryActivations;
import io.taxoscope.store.ShardSet;

/** A shard set as the engine reads it. */
final class StoredActivations implements ActivationSource {
    private final ShardSet set;

    private StoredActivations(ShardSet set) {
        this.set = set;
    }

    /** A copy in memory when it takes at most a quarter of the heap, else the mapped files. */
    static ActivationSource of(ShardSet set) {
        return of(set, Runtime.getRuntime().maxMemory() / 4);
    }

    /** What a copy takes; 0 when that is more than {@code bytes}, so that there will be none. */
    static long bytesOfCopy(ShardSet set, long bytes) {
        return InMemoryActivations.fits(new StoredActivations(set), bytes)
                ? (long) Float.BYTES * set.nRows() * set.width()
                : 0;
    }

    /** A copy in memory when it takes at most {@code bytes}, else the mapped files. */
    static ActivationSource of(ShardSet set, long bytes) {
        ActivationSource mapped = new StoredActivations(set);
        return InMemoryActivations.fits(mapped, bytes) ? InMemoryActivations.copyOf(mapped) : mapped;
    }

    @Override
    public int nExamples() {
        return set.nRows();
    }

    @Override
    public int width() {
        return set.width();
    }

    @Override
    public void rows(int first, int n, float[] out_bd) {
        set.rows(first, n, out_bd);
    }

    @Override
    public void gather(int[] rows, int count, float[] out_bd) {
        set.gather(rows, count, out_bd);
    }
}
