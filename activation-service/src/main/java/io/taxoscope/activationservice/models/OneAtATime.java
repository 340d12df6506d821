package io.taxoscope.activationservice.models;

import jakarta.annotation.PreDestroy;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.stereotype.Component;

/** Runs models for a request, one at a time and off its virtual thread: one may hold gigabytes and uses every core. */
@Component
class OneAtATime {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("model-verification").daemon().factory());

    /** Waits for the work and passes its failure on. */
    <T> T run(String what, Callable<T> work) {
        try {
            return thread.submit(work).get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while asked to " + what, stopped);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("cannot " + what, failure.getCause());
        }
    }

    @PreDestroy
    void stop() {
        thread.shutdown();
    }
}
