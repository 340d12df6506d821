package io.taxoscope.sdk;

import io.taxoscope.api.gateway.ExperimentView;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.web.client.ResourceAccessException;

/**
 * Asks again and again until an experiment is finished.
 *
 * @param interval between two questions
 * @param patience how long the platform may stay away, as it does while it restarts
 */
record Wait(Duration interval, Duration patience) {

    ExperimentView until(Supplier<ExperimentView> ask, Consumer<ExperimentView> onProgress)
            throws InterruptedException {
        long seen = Long.MIN_VALUE;
        long lastAnswer = System.nanoTime();
        while (true) {
            try {
                ExperimentView view = ask.get();
                lastAnswer = System.nanoTime();
                if (view.version() != seen) {
                    seen = view.version();
                    onProgress.accept(view);
                }
                if (view.state().isFinished()) {
                    return view;
                }
            } catch (ResourceAccessException away) {
                giveUpAfter(lastAnswer, away);
            } catch (ProblemException problem) {
                if (problem.status() < 500) {
                    throw problem;
                }
                giveUpAfter(lastAnswer, problem);
            }
            Thread.sleep(interval);
        }
    }

    private void giveUpAfter(long lastAnswer, RuntimeException failure) {
        if (System.nanoTime() - lastAnswer > patience.toNanos()) {
            throw failure;
        }
    }
}
