package io.taxoscope.gateway.experiments;

import io.taxoscope.api.JobState;
import io.taxoscope.api.JobView;
import io.taxoscope.api.gateway.ExperimentSpec;
import io.taxoscope.api.gateway.ExperimentView;
import io.taxoscope.api.gateway.ExperimentView.Stage.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Shows an experiment as it stands. */
@Component
class ExperimentViews {
    private static final double ENOUGH_FOR_ETA = 0.02;

    private final JsonMapper json;
    private final Clock clock;

    ExperimentViews(JsonMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    ExperimentSpec spec(Experiment experiment) {
        return json.readValue(experiment.spec(), ExperimentSpec.class);
    }

    ExperimentView view(Experiment experiment) {
        JobView job = experiment.job().view();
        double progress = progress(experiment);
        return new ExperimentView(
                experiment.id(),
                experiment.name(),
                job.state(),
                spec(experiment),
                progress,
                eta(job, progress),
                experiment.stages().stream()
                        .map(stage -> stage.view(RemoteJobs.path(stage.kind(), stage.resourceId())))
                        .toList(),
                experiment.modelId(),
                experiment.datasetId(),
                experiment.stage(Kind.EXTRACT).resourceId(),
                experiment.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                error(experiment, job),
                version(experiment, job.state()));
    }

    private static JobView.@Nullable JobError error(Experiment experiment, JobView job) {
        String code = experiment.waitingCode();
        String reason = experiment.waitingFor();
        return job.error() == null
                        && code != null
                        && reason != null
                        && !job.state().isFinished()
                ? new JobView.JobError(code, reason)
                : job.error();
    }

    /** The row's version and, since a job ends without touching the row, the job's state as a last digit. */
    static long version(Experiment experiment, JobState state) {
        int lastDigit =
                switch (state) {
                    case QUEUED -> 0;
                    case RUNNING -> 1;
                    case SUCCEEDED, FAILED, CANCELLED -> 2;
                };
        return experiment.version() * 10 + lastDigit;
    }

    private static double progress(Experiment experiment) {
        double done = 0;
        double all = 0;
        for (Stage stage : experiment.stages()) {
            double weight = weight(stage);
            done += weight * stage.share();
            all += weight;
        }
        return done / all;
    }

    /** Rough shares of the time that stages take on a CPU; the ETA follows from the time that the finished ones took. */
    private static double weight(Stage stage) {
        return switch (stage.kind()) {
            case REGISTER_MODEL, RESOLVE_LABELS -> 1;
            case REGISTER_DATASET -> 10;
            case EXTRACT -> 30;
            case TRAIN ->
                switch (stage.requireVariant()) {
                    case TRAINED, SECOND_SEED -> 30;
                    case UNTRAINED, NEURONS, CHECKPOINT -> 1;
                    case PCA -> 2;
                };
            case ENCODE -> 1;
            case SCORE, COMPARE_SEEDS -> 2;
            case RELATE -> 4;
            case FOLLOW -> 1;
        };
    }

    private @Nullable Double eta(JobView job, double progress) {
        Instant start = job.startedAt();
        if (start == null || job.state() != JobState.RUNNING || progress < ENOUGH_FOR_ETA) {
            return null;
        }
        double elapsed = Duration.between(start, clock.instant()).toMillis() / 1000.0;
        return elapsed * (1 - progress) / progress;
    }
}
