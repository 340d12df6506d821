package io.taxoscope.gateway.results;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Asks many small questions of a service at once, but not more than it likes. */
final class Parallel {
    private static final int AT_ONCE = 16;

    private Parallel() {}

    /** The answers in the order of the questions; the first failure is thrown. */
    static <A, B> List<B> map(List<A> questions, Function<A, B> ask) {
        var places = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<B>> answers = new ArrayList<>();
            for (A question : questions) {
                answers.add(threads.submit(() -> {
                    places.acquire();
                    try {
                        return ask.apply(question);
                    } finally {
                        places.release();
                    }
                }));
            }
            var results = new ArrayList<B>();
            for (Future<B> answer : answers) {
                results.add(answer.get());
            }
            return results;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failure.getCause());
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking", interruption);
        }
    }
}
