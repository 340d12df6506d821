package io.taxoscope.gateway.experiments;

import io.taxoscope.api.JobState;
import io.taxoscope.api.Page;
import io.taxoscope.api.gateway.ExperimentSpec;
import io.taxoscope.api.gateway.ExperimentView;
import io.taxoscope.api.gateway.ExperimentView.Stage.Kind;
import io.taxoscope.api.gateway.SaeSpec;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.gateway.experiments.ExperimentCheck.Checked;
import io.taxoscope.support.jobs.Job;
import io.taxoscope.support.jobs.Jobs;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.databind.json.JsonMapper;

/** What users do with experiments. */
@Service
public class Experiments {
    private static final int MAX_PAGE = 100;
    private static final String AFTER_EVERY_ID = "g"; // ids are hex digits and hyphens;

    private final ExperimentCheck check;
    private final ExperimentRows rows;
    private final ExperimentViews views;
    private final RemoteJobs remote;
    private final ExperimentRun run;
    private final Jobs jobs;
    private final JsonMapper json;
    private final Clock clock;

    Experiments(
            ExperimentCheck check,
            ExperimentRows rows,
            ExperimentViews views,
            RemoteJobs remote,
            ExperimentRun run,
            Jobs jobs,
            JsonMapper json,
            Clock clock) {
        this.check = check;
        this.rows = rows;
        this.views = views;
        this.remote = remote;
        this.run = run;
        this.jobs = jobs;
        this.json = json;
        this.clock = clock;
    }

    public ExperimentView submit(ExperimentSpec spec, @Nullable String key) {
        Job earlier = jobs.findSubmitted(ExperimentRun.KIND, key, spec);
        if (earlier != null) {
            return find(earlier.id());
        }
        Checked checked = check.check(spec);
        Instant start = clock.instant();
        var submitted = jobs.submit(ExperimentRun.KIND, key, spec, job -> rows.insert(plan(job, checked, start)));
        if (!submitted.isNew()) {
            check.withdraw(spec, checked.dataset());
        }
        return find(submitted.job().id());
    }

    private Experiment plan(Job job, Checked checked, Instant start) {
        ExperimentSpec spec = checked.spec();
        var experiment = new Experiment(
                job,
                spec.name(),
                json.writeValueAsString(spec),
                checked.model().id(),
                checked.dataset().id(),
                start);
        experiment.plan(StagePlan.of(spec));
        Stage model = experiment.stage(Kind.REGISTER_MODEL);
        model.submitted(checked.model().id());
        model.succeedAt(start, clock.instant(), 1, "models");
        experiment.stage(Kind.REGISTER_DATASET).submitted(checked.dataset().id());
        return experiment;
    }

    public Page<ExperimentView> list(@Nullable String cursor, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new TaxoscopeException(
                    ExperimentError.PARAMETER_INVALID,
                    "limit is %d; send 1 to %d".formatted(limit, MAX_PAGE),
                    List.of(new TaxoscopeException.FieldError("limit", "must be 1 to " + MAX_PAGE)));
        }
        var page = rows.readBefore(cursor == null ? AFTER_EVERY_ID : cursor, limit + 1, views::view);
        boolean hasMore = page.size() > limit;
        var items = hasMore ? page.subList(0, limit) : page;
        return new Page<>(items, hasMore ? items.getLast().id() : null);
    }

    public ExperimentView find(String id) {
        return rows.read(id, views::view);
    }

    public ExperimentView cancel(String id) {
        find(id);
        if (jobs.cancel(id).state() == JobState.CANCELLED) {
            // It never ran, so no worker will clear up: registering its dataset may be under way.
            run.cancelled(id);
        }
        return find(id);
    }

    public ExperimentView retry(String id) {
        find(id);
        jobs.retry(id, () -> rows.change(id, Experiment::takeUpAgain));
        return find(id);
    }

    /** Deletes from the last stage to the first, since a service keeps what another resource still needs. */
    public void delete(String id) {
        Experiment experiment = rows.snapshot(id);
        if (!experiment.job().state().isFinished()) {
            throw new TaxoscopeException(
                    ExperimentError.EXPERIMENT_NOT_FINISHED,
                    "experiment %s is %s; cancel it before deleting it"
                            .formatted(id, experiment.job().state()));
        }
        SaeSpec sae = Objects.requireNonNullElse(views.spec(experiment).sae(), SaeSpec.DEFAULT);
        // What existed before the experiment is not the experiment's to delete.
        experiment.stages().reversed().stream()
                .filter(stage -> !Objects.equals(stage.resourceId(), sae.id()))
                .forEach(this::deleteResource);
        rows.delete(id, () -> jobs.delete(id));
    }

    private void deleteResource(Stage stage) {
        String resource = stage.resourceId();
        if (resource == null) {
            return;
        }
        try {
            remote.delete(stage.kind(), resource);
        } catch (RestClientResponseException refusal) {
            if (refusal.getStatusCode().value() != 404) {
                throw refusal;
            }
        }
    }
}
