package io.taxoscope.gateway.experiments;

import io.taxoscope.api.JobState;
import io.taxoscope.api.JobView;
import io.taxoscope.api.activation.DatasetApi;
import io.taxoscope.api.gateway.ExperimentSpec;
import io.taxoscope.api.gateway.ExperimentView.Stage.Kind;
import io.taxoscope.api.gateway.SaeSpec;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.gateway.experiments.LabelCheck.Labelled;
import io.taxoscope.support.jobs.JobContext;
import io.taxoscope.support.jobs.JobHandler;
import io.taxoscope.support.jobs.JobOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Drives an experiment. Each run looks at every unfinished stage once, hands over what is due, notes what the services
 * say, and comes back a moment later. It may be cut off anywhere: what it has noted is in the database, and what it has
 * not noted it finds again under the same Idempotency-Key.
 */
@Component
class ExperimentRun implements JobHandler {
    static final String KIND = "experiment";
    private static final Logger LOG = LoggerFactory.getLogger(ExperimentRun.class);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration PAUSE_UNREACHABLE = Duration.ofSeconds(2);

    private final ExperimentRows rows;
    private final ExperimentViews views;
    private final StageSubmission submission;
    private final RemoteJobs remote;
    private final DatasetApi datasets;
    private final LabelCheck labels;
    private final JsonMapper json;
    private final Clock clock;

    ExperimentRun(
            ExperimentRows rows,
            ExperimentViews views,
            StageSubmission submission,
            RemoteJobs remote,
            DatasetApi datasets,
            LabelCheck labels,
            JsonMapper json,
            Clock clock) {
        this.rows = rows;
        this.views = views;
        this.submission = submission;
        this.remote = remote;
        this.datasets = datasets;
        this.labels = labels;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JobOutcome run(JobContext context) {
        Experiment experiment = rows.snapshot(context.id());
        ExperimentSpec spec = views.spec(experiment);
        try {
            for (Stage stage : experiment.stages()) {
                context.checkStopped();
                if (stage.state() != JobState.SUCCEEDED && isDue(stage, experiment, spec)) {
                    advance(experiment, spec, stage);
                }
            }
        } catch (ResourceAccessException unreachable) {
            return waitForService(experiment, unreachable);
        } catch (TaxoscopeException failure) {
            cancelStages(context.id());
            throw failure;
        }
        if (experiment.waitingFor() != null) {
            rows.change(context.id(), waiting -> waiting.waitFor(null, null));
        }
        boolean isDone = rows.read(context.id(), Experiment::isSuccessful);
        return isDone ? JobOutcome.done(() -> {}) : JobOutcome.again(PAUSE);
    }

    /** Services may be away for as long as they like: the experiment says so, and goes on when they are back. */
    private JobOutcome waitForService(Experiment experiment, ResourceAccessException unreachable) {
        if (experiment.waitingFor() == null) {
            LOG.warn("experiment {} waits: {}", experiment.id(), unreachable.getMessage());
            rows.change(
                    experiment.id(),
                    waiting -> waiting.waitFor(
                            "UPSTREAM_UNREACHABLE",
                            "a service does not answer; the experiment goes on when it does (%s)"
                                    .formatted(unreachable.getMessage())));
        }
        return JobOutcome.again(PAUSE_UNREACHABLE);
    }

    private static boolean isDue(Stage stage, Experiment experiment, ExperimentSpec spec) {
        boolean hasKnownK =
                Objects.requireNonNullElse(spec.sae(), SaeSpec.DEFAULT).hasKnownK();
        return StageOrder.before(stage.key(), experiment.layers(), hasKnownK).stream()
                .map(experiment::stage)
                .allMatch(earlier -> earlier.state() == JobState.SUCCEEDED);
    }

    private void advance(Experiment experiment, ExperimentSpec spec, Stage stage) {
        try {
            if (stage.kind() == Kind.RESOLVE_LABELS) {
                resolveLabels(experiment, spec, stage);
                return;
            }
            String resource = stage.resourceId();
            if (resource == null) {
                String submitted = submission.submit(experiment, spec, stage);
                rows.change(experiment.id(), row -> row.stage(stage.id()).submitted(submitted));
                return;
            }
            if (stage.isToBeRetried()) {
                retry(stage, resource);
                rows.change(experiment.id(), row -> row.stage(stage.id()).retried());
            }
            observe(experiment, stage, remote.view(stage.kind(), resource));
        } catch (RestClientResponseException refusal) {
            refused(experiment, stage, refusal);
        }
    }

    private void retry(Stage stage, String resource) {
        try {
            remote.retry(stage.kind(), resource);
        } catch (RestClientResponseException refusal) {
            // 409: it runs already, or was retried by an earlier run of ours that was cut off.
            if (refusal.getStatusCode().value() != 409) {
                throw refusal;
            }
        }
    }

    private void observe(Experiment experiment, Stage stage, JobView job) {
        if (stage.observe(job)) {
            rows.change(experiment.id(), row -> row.stage(stage.id()).observe(job));
        }
        if (job.state() == JobState.FAILED) {
            JobView.JobError error = job.error();
            String reason = error == null ? "no reason given" : error.code() + ": " + error.detail();
            throw new TaxoscopeException(
                    ExperimentError.STAGE_FAILED,
                    "%s failed: %s; remove the cause and POST /api/v1/experiments/%s/retry"
                            .formatted(stage.key(), reason, experiment.id()));
        }
        if (job.state() == JobState.CANCELLED) {
            throw new TaxoscopeException(
                    ExperimentError.STAGE_CANCELLED,
                    "%s was cancelled on its own; POST /api/v1/experiments/%s/retry takes it up again"
                            .formatted(stage.key(), experiment.id()));
        }
    }

    private void refused(Experiment experiment, Stage stage, RestClientResponseException refusal) {
        int status = refusal.getStatusCode().value();
        if (status == 404 && stage.resourceId() != null) {
            LOG.warn("experiment {}: {} has vanished and is submitted anew", experiment.id(), stage.key());
            rows.change(experiment.id(), row -> row.stage(stage.id()).forgetResource());
        } else if (status == 429 || status >= 500) {
            throw refusal;
        } else {
            Refusal reason = Refusal.of(refusal);
            throw new TaxoscopeException(
                    ExperimentError.STAGE_REFUSED,
                    "%s was refused: %s: %s".formatted(stage.key(), reason.code(), reason.detail()));
        }
    }

    private void resolveLabels(Experiment experiment, ExperimentSpec spec, Stage stage) {
        Instant start = clock.instant();
        Labelled found = labels.look(spec, datasets.find(experiment.datasetId()));
        if (!found.faults().isEmpty()) {
            throw new TaxoscopeException(
                    found.isUnresolved() ? ExperimentError.LABELS_UNRESOLVED : ExperimentError.EXPERIMENT_INVALID,
                    found.faults().stream()
                            .map(error -> error.field() + " " + error.message())
                            .collect(Collectors.joining(
                                    "; ",
                                    found.isUnresolved()
                                            ? "name the synsets of these under dataset.labels: "
                                            : "correct these and submit again: ",
                                    "")),
                    found.faults());
        }
        rows.change(experiment.id(), row -> {
            row.resolved(json.writeValueAsString(found.nodes()));
            row.stage(stage.id())
                    .succeedAt(start, clock.instant(), found.nodes().size(), "labels");
        });
    }

    /** The user cancelled: stops the jobs behind the stages. */
    @Override
    public void cancelled(String id) {
        cancelStages(id);
    }

    private void cancelStages(String id) {
        Experiment experiment = rows.snapshot(id);
        boolean isOwnDataset = views.spec(experiment).dataset().id() == null;
        for (Stage stage : experiment.stages()) {
            boolean isOurs = stage.kind() != Kind.REGISTER_DATASET || isOwnDataset;
            if (!stage.state().isFinished() && isOurs) {
                cancel(stage);
                rows.change(id, row -> row.stage(stage.id()).cancelled(clock.instant()));
            }
        }
    }

    private void cancel(Stage stage) {
        String resource = stage.resourceId();
        if (resource == null) {
            return;
        }
        try {
            remote.cancel(stage.kind(), resource);
        } catch (RestClientResponseException refusal) {
            if (!refusal.getStatusCode().is4xxClientError()) {
                throw refusal;
            }
            LOG.info("{} needs no cancelling: {}", stage.key(), refusal.getMessage());
        }
    }
}
