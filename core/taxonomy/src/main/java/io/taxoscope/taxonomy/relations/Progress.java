package io.taxoscope.taxonomy.relations;

import java.util.concurrent.atomic.AtomicLong;

/** Counts finished pieces of work and tells a listener, which may throw to stop it. Thread-safe. */
public final class Progress {
    private final Listener listener;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong total = new AtomicLong();

    public Progress(Listener listener) {
        this.listener = listener;
    }

    /** Hears of progress, from any thread. */
    @FunctionalInterface
    public interface Listener {
        void at(long done, long total);
    }

    void expect(long pieces) {
        total.addAndGet(pieces);
    }

    void step() {
        listener.at(done.incrementAndGet(), total.get());
    }
}
