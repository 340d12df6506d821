package io.taxoscope.support.jobs;

import io.taxoscope.api.JobState;
import io.taxoscope.support.jobs.JobRows.Claim;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Jobs that another job does: each has its own row, progress, cancelling and end, and none has an execution of its own. An
 * unfinished one is the other job's business, also after a crash; {@link Jobs#retry} of a finished one gives it an
 * execution, and from then on it is a job like any other.
 */
public class MemberJobs {
    private final JobRows rows;
    private final TransactionTemplate transaction;
    private final EntityManager entities;
    private final JobProperties properties;
    private final Clock clock;

    MemberJobs(
            JobRows rows,
            TransactionTemplate transaction,
            EntityManager entities,
            JobProperties properties,
            Clock clock) {
        this.rows = rows;
        this.transaction = transaction;
        this.entities = entities;
        this.properties = properties;
        this.clock = clock;
    }

    /** A new job; part of the transaction that submits the one that will do it. */
    public Job enlist(String kind) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("a member is enlisted in the transaction of the job that does it");
        }
        var now = clock.instant();
        var job = new Job(JobIds.next(now), kind, null, null, now);
        entities.persist(job);
        entities.flush();
        return job;
    }

    /** Takes a member for this run; null when it is finished. */
    public @Nullable MemberJob take(String id) {
        Claim claim = rows.claim(id);
        return claim == null
                ? null
                : new MemberJob(
                        claim,
                        rows,
                        transaction,
                        entities,
                        properties.progressInterval().toNanos());
    }

    /** Cancels a member that nobody is at; true when it was unfinished. */
    public boolean cancelUnheld(String id) {
        return rows.finishUnheld(id, JobState.CANCELLED, null, null);
    }

    /** Fails a member that nobody will do any more; true when it was unfinished. */
    public boolean failUnheld(String id, String code, String detail) {
        return rows.finishUnheld(id, JobState.FAILED, code, detail);
    }

    /** Makes a failed or cancelled member one that waits for the job that does it; false for any other. */
    public boolean restore(String id) {
        return rows.retry(id);
    }
}
