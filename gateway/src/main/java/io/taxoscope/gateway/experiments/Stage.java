package io.taxoscope.gateway.experiments;

import io.taxoscope.api.JobState;
import io.taxoscope.api.JobView;
import io.taxoscope.api.gateway.ExperimentView;
import io.taxoscope.api.gateway.ExperimentView.Stage.Kind;
import io.taxoscope.api.gateway.Variant;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One step of an experiment, usually one job of one service. */
@Entity
@Table(name = "stage")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate fills and reads the fields
class Stage {
    @Id
    private String id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "experiment_id")
    private Experiment experiment;

    private int position;

    @Enumerated(EnumType.STRING)
    private Kind kind;

    private @Nullable String layer;

    @Enumerated(EnumType.STRING)
    private @Nullable Variant variant;

    private @Nullable Integer step;

    @Enumerated(EnumType.STRING)
    private JobState state;

    private long done;
    private long total;
    private String unit;
    private @Nullable String resourceId;
    private boolean retry;
    private @Nullable Instant startedAt;
    private @Nullable Instant finishedAt;

    protected Stage() {}

    Stage(Experiment experiment, int position, StageKey key) {
        this.id = experiment.id() + "/" + position;
        this.experiment = experiment;
        this.position = position;
        this.kind = key.kind();
        this.layer = key.layer();
        this.variant = key.variant();
        this.step = key.step();
        this.state = JobState.QUEUED;
        this.unit = "";
    }

    String id() {
        return id;
    }

    Kind kind() {
        return kind;
    }

    StageKey key() {
        return new StageKey(kind, layer, variant, step);
    }

    @Nullable String layer() {
        return layer;
    }

    /** The layer of a stage that works on one. */
    String requireLayer() {
        return Objects.requireNonNull(layer, () -> kind + " has no layer");
    }

    /** The dictionary of a stage that works on one. */
    Variant requireVariant() {
        return Objects.requireNonNull(variant, () -> kind + " has no variant");
    }

    JobState state() {
        return state;
    }

    @Nullable String resourceId() {
        return resourceId;
    }

    boolean isToBeRetried() {
        return retry;
    }

    /** A service has taken the work. */
    void submitted(String resourceId) {
        this.resourceId = resourceId;
    }

    void forgetResource() {
        resourceId = null;
        retry = false;
    }

    void retried() {
        retry = false;
    }

    /** Takes over what the service says; true when that is news. */
    boolean observe(JobView job) {
        var progress = job.progress();
        boolean isNews = state != job.state()
                || done != progress.done()
                || total != progress.total()
                || !Objects.equals(startedAt, job.startedAt());
        state = job.state();
        done = progress.done();
        total = progress.total();
        unit = progress.unit();
        startedAt = job.startedAt();
        finishedAt = job.finishedAt();
        return isNews;
    }

    void succeedAt(Instant start, Instant end, long count, String unit) {
        state = JobState.SUCCEEDED;
        done = count;
        total = count;
        this.unit = unit;
        startedAt = start;
        finishedAt = end;
    }

    void cancelled(Instant now) {
        state = JobState.CANCELLED;
        finishedAt = now;
    }

    /** Marks an unsuccessful stage for another try. */
    void takeUpAgain() {
        if (state == JobState.FAILED || state == JobState.CANCELLED) {
            state = JobState.QUEUED;
            finishedAt = null;
            retry = resourceId != null;
        }
    }

    /** Share done, 0 to 1. */
    double share() {
        if (state == JobState.SUCCEEDED) {
            return 1;
        }
        return total > 0 ? Math.min(1, (double) done / total) : 0;
    }

    ExperimentView.Stage view(@Nullable String resource) {
        return new ExperimentView.Stage(
                kind, layer, variant, step, state, done, total, unit, resource, startedAt, finishedAt);
    }
}
