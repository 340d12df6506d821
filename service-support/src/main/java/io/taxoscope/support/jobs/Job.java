package io.taxoscope.support.jobs;

import io.taxoscope.api.JobState;
import io.taxoscope.api.JobView;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * A piece of long work as it stood when it was read. {@link Jobs} creates it and the workers change it by SQL, so
 * Hibernate only ever inserts and reads it.
 */
@Entity
@Immutable
@Table(name = "job")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate fills and reads the fields
public class Job {
    @Id
    private String id;

    private String kind;

    @Enumerated(EnumType.STRING)
    private JobState state;

    private @Nullable String idempotencyKey;
    private @Nullable String fingerprint;
    private long done;
    private long total;
    private String unit = "";
    private @Nullable Instant progressAt;
    private @Nullable Instant attemptStartedAt;
    private @Nullable Long attemptFrom;
    private int attempts;
    private @Nullable String errorCode;
    private @Nullable String errorDetail;
    private boolean cancelRequested;
    private Instant createdAt;
    private @Nullable Instant startedAt;
    private @Nullable Instant finishedAt;

    protected Job() {}

    Job(String id, String kind, @Nullable String idempotencyKey, @Nullable String fingerprint, Instant now) {
        this.id = id;
        this.kind = kind;
        this.state = JobState.QUEUED;
        this.idempotencyKey = idempotencyKey;
        this.fingerprint = fingerprint;
        this.createdAt = now;
    }

    public String id() {
        return id;
    }

    public String kind() {
        return kind;
    }

    public JobState state() {
        return state;
    }

    public boolean isCancelRequested() {
        return cancelRequested;
    }

    @Nullable String fingerprint() {
        return fingerprint;
    }

    public JobView view() {
        return new JobView(state, progress(), attempts, createdAt, startedAt, finishedAt, error());
    }

    private JobView.@Nullable JobError error() {
        return errorCode == null ? null : new JobView.JobError(errorCode, errorDetail == null ? "" : errorDetail);
    }

    private JobView.Progress progress() {
        Double perSecond = perSecond();
        boolean isUnderWay = total > 0 && state == JobState.RUNNING;
        Double eta = perSecond != null && isUnderWay ? (total - done) / perSecond : null;
        return new JobView.Progress(done, total, unit, perSecond, eta);
    }

    /** The present attempt alone counts: what an earlier one left behind cost this one nothing. */
    private @Nullable Double perSecond() {
        if (attemptStartedAt == null || attemptFrom == null || progressAt == null || done <= attemptFrom) {
            return null;
        }
        double seconds = Duration.between(attemptStartedAt, progressAt).toNanos() / 1e9;
        return seconds > 0 ? (done - attemptFrom) / seconds : null;
    }
}
