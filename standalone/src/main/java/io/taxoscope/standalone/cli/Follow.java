package io.taxoscope.standalone.cli;

import io.taxoscope.api.JobState;
import io.taxoscope.api.JobView.JobError;
import io.taxoscope.api.gateway.ExperimentView;
import io.taxoscope.sdk.Taxoscope;
import io.taxoscope.standalone.StandaloneError;
import java.io.PrintStream;

/** Shows an experiment's progress until it is done. Leaving does not stop it: it runs in the platform. */
final class Follow {
    private final Taxoscope taxoscope;
    private final ProgressView view;

    Follow(Taxoscope taxoscope, PrintStream out) {
        this.taxoscope = taxoscope;
        this.view = ProgressView.on(out);
    }

    void untilDone(String id) {
        ExperimentView experiment = finished(id);
        if (experiment.state() != JobState.SUCCEEDED) {
            JobError error = experiment.error();
            throw StandaloneError.EXPERIMENT_FAILED.because("experiment " + id + " is " + experiment.state()
                    + (error == null ? "" : ": " + error.detail() + " (" + error.code() + ")"));
        }
    }

    private ExperimentView finished(String id) {
        try {
            return taxoscope.awaitFinished(id, view::show);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
