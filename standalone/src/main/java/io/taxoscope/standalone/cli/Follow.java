package io.taxoscope.standalone.cli;

import io.taxoscope.api.JobState;
import io.taxoscope.api.JobView.JobError;
import io.taxoscope.api.gateway.ExperimentView;
import io.taxoscope.standalone.StandaloneError;
import java.io.PrintStream;
import java.time.Duration;

/** Shows an experiment's progress until it is done. Leaving does not stop it: it runs in the platform. */
final class Follow {
    private static final Duration PERIOD = Duration.ofMillis(400);

    private final Gateway gateway;
    private final ProgressView view;

    Follow(Gateway gateway, PrintStream out) {
        this.gateway = gateway;
        this.view = ProgressView.on(out);
    }

    void untilDone(String id) {
        ExperimentView experiment = gateway.experiments().find(id);
        view.show(experiment);
        while (!experiment.state().isFinished()) {
            pause();
            experiment = gateway.experiments().find(id);
            view.show(experiment);
        }
        if (experiment.state() != JobState.SUCCEEDED) {
            JobError error = experiment.error();
            throw StandaloneError.EXPERIMENT_FAILED.because("experiment " + id + " is " + experiment.state()
                    + (error == null ? "" : ": " + error.detail() + " (" + error.code() + ")"));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PERIOD);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
