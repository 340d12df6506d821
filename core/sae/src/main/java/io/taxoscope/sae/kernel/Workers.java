package io.taxoscope.sae.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Platform threads that share out numbered chunks of work. Which thread does a chunk must not change its result. */
final class Workers implements AutoCloseable {
    /** One chunk; {@code worker} names the scratch space to use. */
    interface Chunk {
        void run(int worker, int chunk);
    }

    private final int count;
    private final ExecutorService threads;

    Workers(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("threads must be positive: " + count);
        }
        this.count = count;
        this.threads = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().daemon().name("sae-", 1).factory());
    }

    /** Runs chunks 0 to {@code chunks - 1}; returns when all are done. */
    void run(int chunks, Chunk work) {
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>(count);
        for (int worker = 0; worker < Math.min(count, chunks); worker++) {
            int id = worker;
            running.add(threads.submit(() -> drain(id, next, chunks, work)));
        }
        running.forEach(Workers::join);
    }

    private static void drain(int worker, AtomicInteger next, int chunks, Chunk work) {
        for (int chunk = next.getAndIncrement(); chunk < chunks; chunk = next.getAndIncrement()) {
            work.run(worker, chunk);
        }
    }

    /** Waits even when interrupted: scratch space may not be reused while a worker is at it. */
    private static void join(Future<?> future) {
        boolean interrupted = false;
        while (true) {
            try {
                future.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a worker failed", e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
