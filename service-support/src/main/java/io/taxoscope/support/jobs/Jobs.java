package io.taxoscope.support.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import io.taxoscope.api.JobState;
import io.taxoscope.api.JobView;
import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Submits, cancels and retries long work. */
public class Jobs {
    static final String TASK = "job";
    private static final int MAX_KEY = 200;

    private final EntityManager entities;
    private final JobRows rows;
    private final Scheduler scheduler;
    private final TransactionTemplate transaction;
    private final JsonMapper json;
    private final Clock clock;

    Jobs(
            EntityManager entities,
            JobRows rows,
            Scheduler scheduler,
            TransactionTemplate transaction,
            JsonMapper json,
            Clock clock) {
        this.entities = entities;
        this.rows = rows;
        this.scheduler = scheduler;
        this.transaction = transaction;
        this.json = json;
        this.clock = clock;
    }

    /** @param isNew false when an earlier request with the same key and body had submitted it */
    public record Submission(Job job, boolean isNew) {}

    /**
     * Submits a job and saves its aggregate in one transaction. The same key with the same request answers the earlier
     * job; the same key with another request is a conflict. Must not be called inside a transaction.
     *
     * @param key the caller's Idempotency-Key, or null
     * @param request what is asked for; its JSON is what "the same request" means
     * @param saveAggregate saves what belongs to the job, under the job's id
     */
    public Submission submit(String kind, @Nullable String key, Object request, Consumer<Job> saveAggregate) {
        return submit(kind, key, request, saveAggregate, job -> schedule(job.id()));
    }

    /**
     * As {@link #submit}, for work that is done already: the job has SUCCEEDED from the start, and no worker sees it.
     * What it has made must be in its place before.
     */
    public Submission submitDone(String kind, @Nullable String key, Object request, Consumer<Job> saveAggregate) {
        return submit(kind, key, request, saveAggregate, job -> rows.succeedUnstarted(job.id()));
    }

    private Submission submit(
            String kind, @Nullable String key, Object request, Consumer<Job> saveAggregate, Consumer<Job> handOver) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("Jobs.submit opens its own transaction");
        }
        if (key != null && (key.isBlank() || key.length() > MAX_KEY)) {
            throw new TaxoscopeException(
                    JobError.IDEMPOTENCY_KEY_TOO_LONG,
                    "the Idempotency-Key has %d characters; use 1 to %d"
                            .formatted(key.strip().length(), MAX_KEY));
        }
        String fingerprint = fingerprint(request);
        try {
            return inTransaction(() -> submitOnce(kind, key, fingerprint, saveAggregate, handOver));
        } catch (ConstraintViolationException collision) {
            if (key == null) {
                throw collision;
            }
            // Another request with this key was faster; its job is there now.
            return inTransaction(() -> submitOnce(kind, key, fingerprint, saveAggregate, handOver));
        }
    }

    /** The job that this key and request have made already, for a caller whose preparations are costly; else null. */
    public @Nullable Job findSubmitted(String kind, @Nullable String key, Object request) {
        if (key == null) {
            return null;
        }
        return transaction.execute(status -> {
            Job earlier = findByKey(kind, key);
            return earlier == null ? null : requireSame(earlier, key, fingerprint(request));
        });
    }

    private String fingerprint(Object request) {
        return Sha256.of(json.writeValueAsString(request)).hex();
    }

    private Submission submitOnce(
            String kind,
            @Nullable String key,
            String fingerprint,
            Consumer<Job> saveAggregate,
            Consumer<Job> handOver) {
        if (key != null) {
            Job earlier = findByKey(kind, key);
            if (earlier != null) {
                return new Submission(requireSame(earlier, key, fingerprint), false);
            }
        }
        var now = clock.instant();
        var job = new Job(JobIds.next(now), kind, key, fingerprint, now);
        entities.persist(job);
        entities.flush();
        saveAggregate.accept(job);
        entities.flush();
        handOver.accept(job);
        return new Submission(job, true);
    }

    private @Nullable Job findByKey(String kind, String key) {
        return entities.createQuery("from Job where kind = :kind and idempotencyKey = :key", Job.class)
                .setParameter("kind", kind)
                .setParameter("key", key)
                .getSingleResultOrNull();
    }

    private static Job requireSame(Job earlier, String key, String fingerprint) {
        if (!fingerprint.equals(earlier.fingerprint())) {
            throw new TaxoscopeException(
                    JobError.IDEMPOTENCY_KEY_REUSED,
                    "the Idempotency-Key %s was used for another request (%s %s); send a new key, or the same body"
                            .formatted(key, earlier.kind(), earlier.id()));
        }
        return earlier;
    }

    /** The job as it stands now. */
    public Job find(String id) {
        return inTransaction(() -> read(id));
    }

    public JobView view(String id) {
        return find(id).view();
    }

    /**
     * Cancels at once what has not started; asks a running job to stop, which it does within moments. Cancelling twice
     * changes nothing; cancelling what has otherwise finished is a conflict.
     */
    public Job cancel(String id) {
        return inTransaction(() -> {
            if (rows.cancelUnstarted(id)) {
                forget(id);
            } else if (rows.requestCancel(id)) {
                wake(id);
            } else if (read(id).state() != JobState.CANCELLED) {
                throw new TaxoscopeException(
                        JobError.JOB_FINISHED,
                        "job %s is %s already and cannot be cancelled".formatted(id, read(id).state()));
            }
            return read(id);
        });
    }

    /** Starts a failed or cancelled job again; it continues from what its handler finds done. */
    public Job retry(String id) {
        return retry(id, () -> {});
    }

    /** @param change what changes about the aggregate, in the same transaction */
    public Job retry(String id, Runnable change) {
        return inTransaction(() -> {
            if (!rows.retry(id)) {
                throw new TaxoscopeException(
                        JobError.JOB_NOT_RETRYABLE,
                        "job %s is %s; only FAILED and CANCELLED jobs can be retried".formatted(id, read(id).state()));
            }
            change.run();
            schedule(id);
            return read(id);
        });
    }

    /** Deletes a job that no worker is at; delete its aggregate first, in the same transaction. */
    public void delete(String id) {
        inTransaction(() -> {
            entities.flush();
            Job job = read(id);
            if (!rows.delete(id)) {
                throw new TaxoscopeException(
                        JobError.JOB_NOT_FINISHED,
                        "job %s is %s; cancel it before deleting it".formatted(id, job.state()));
            }
            forget(id);
            return job;
        });
    }

    private Job read(String id) {
        Job job = entities.find(Job.class, id);
        if (job == null) {
            throw new TaxoscopeException(JobError.JOB_NOT_FOUND, "there is no job " + id);
        }
        entities.refresh(job);
        return job;
    }

    private void schedule(String id) {
        scheduler.schedule(new TaskInstance<>(TASK, id), clock.instant());
        lookForWorkAfterCommit();
    }

    private void lookForWorkAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                scheduler.triggerCheckForDueExecutions();
            }
        });
    }

    private void forget(String id) {
        try {
            scheduler.cancel(TaskInstanceId.of(TASK, id));
        } catch (TaskInstanceException pickedOrGone) {
            // A worker that picked it meanwhile finds it finished, and removes it itself.
        }
    }

    private void wake(String id) {
        try {
            scheduler.reschedule(TaskInstanceId.of(TASK, id), clock.instant());
            lookForWorkAfterCommit();
        } catch (TaskInstanceException pickedOrGone) {
            // It is running: its worker reads the flag with its next progress.
        }
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }
}
