package io.taxoscope.support.jobs;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.FutureTask;

/**
 * A job's parallel streams run in a pool of the job. The JVM's common pool, which they would take otherwise, also completes
 * the requests of the JDK's HTTP client: behind chunks that compute for minutes every answer of the process waits.
 */
final class OwnThreads {
    private OwnThreads() {}

    /** @throws ExecutionException around what {@code work} throws */
    static <T> T call(Callable<T> work) throws ExecutionException, InterruptedException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        ForkJoinWorkerThreadFactory threads = pool -> {
            var thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
            thread.setContextClassLoader(loader); // the pool's own choice does not see an executable jar's classes
            return thread;
        };
        int count = Runtime.getRuntime().availableProcessors();
        try (var pool = new ForkJoinPool(count, threads, null, false)) {
            var task = new FutureTask<>(work);
            pool.execute(task);
            try {
                return task.get();
            } catch (InterruptedException e) {
                pool.shutdownNow(); // close() waits until the work has noticed
                throw e;
            }
        }
    }
}
