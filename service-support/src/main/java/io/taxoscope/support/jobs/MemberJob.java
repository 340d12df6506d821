package io.taxoscope.support.jobs;

import com.github.kagkarlsson.scheduler.SchedulerState;
import io.taxoscope.support.jobs.JobRows.Claim;
import jakarta.persistence.EntityManager;
import java.util.function.BooleanSupplier;
import org.springframework.transaction.support.TransactionTemplate;

/** One run of a job that another job does. Whoever took it ends it by exactly one of the methods that say how. */
public final class MemberJob {
    private final Claim claim;
    private final JobRows rows;
    private final TransactionTemplate transaction;
    private final EntityManager entities;
    private final RunningJob context;

    MemberJob(Claim claim, JobRows rows, TransactionTemplate transaction, EntityManager entities, long intervalNanos) {
        this.claim = claim;
        this.rows = rows;
        this.transaction = transaction;
        this.entities = entities;
        // That the process stops is told to the job that does this one.
        this.context = new RunningJob(claim, rows, new SchedulerState.SettableSchedulerState(), intervalNanos);
    }

    public JobContext context() {
        return context;
    }

    /** @param save stores the result, in the very transaction that marks the job SUCCEEDED */
    public void succeed(Runnable save) {
        context.flush();
        finish(() -> rows.succeed(claim), save);
    }

    public void fail(Throwable failure) {
        finish(() -> rows.fail(claim, JobWorker.codeOf(failure), JobWorker.detailOf(failure)), () -> {});
    }

    public void cancel() {
        finish(() -> rows.cancel(claim), () -> {});
    }

    /** Gives the job back unharmed; without effect when it has ended. */
    public void putBack() {
        finish(() -> rows.requeue(claim), () -> {});
    }

    private void finish(BooleanSupplier release, Runnable save) {
        transaction.executeWithoutResult(status -> {
            if (!release.getAsBoolean()) {
                status.setRollbackOnly(); // another worker has it
                return;
            }
            save.run();
            entities.flush();
        });
    }
}
