package io.taxoscope.support.jobs;

import static io.taxoscope.common.ErrorKind.CONFLICT;
import static io.taxoscope.common.ErrorKind.INVALID;
import static io.taxoscope.common.ErrorKind.NOT_FOUND;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.support.jobs.JobContext.JobStopped;
import io.taxoscope.support.jobs.JobRows.Claim;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs jobs for db-scheduler. INVARIANT: a job's change of state and the removal or rescheduling of its execution are
 * one transaction, so an unfinished job always has exactly one execution, and a finished one has none.
 */
class JobWorker {
    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);
    private static final CompletionHandler<Void> LEAVE_TO_THE_NEW_OWNER = (complete, execution) -> {};

    private final JobRows rows;
    private final ObjectProvider<JobHandler> handlers;
    private final TransactionTemplate transaction;
    private final EntityManager entities;
    private final JobProperties properties;
    private final Clock clock;

    JobWorker(
            JobRows rows,
            ObjectProvider<JobHandler> handlers,
            TransactionTemplate transaction,
            EntityManager entities,
            JobProperties properties,
            Clock clock) {
        this.rows = rows;
        this.handlers = handlers;
        this.transaction = transaction;
        this.entities = entities;
        this.properties = properties;
        this.clock = clock;
    }

    CompletionHandler<Void> execute(TaskInstance<Void> instance, ExecutionContext execution) {
        Claim claim = rows.claim(instance.getId());
        if (claim == null) {
            return new CompletionHandler.OnCompleteRemove<>();
        }
        if (claim.crashes() > properties.maxCrashes()) {
            return fail(claim, JobError.WORKER_KEPT_DYING.name(), diedTooOften(claim));
        }
        var job = new RunningJob(
                claim,
                rows,
                execution.getSchedulerState(),
                properties.progressInterval().toNanos());
        try {
            return run(claim, job);
        } catch (Throwable thrown) {
            Throwable failure = unwrap(thrown);
            if (failure instanceof JobStopped stopped) {
                return stop(claim, stopped);
            }
            if (execution.getSchedulerState().isShuttingDown()) {
                // The scheduler interrupts its threads when its patience ends: that is no failure of the job.
                return finish(() -> rows.requeue(claim), null, Duration.ZERO);
            }
            return failed(claim, failure);
        }
    }

    private CompletionHandler<Void> run(Claim claim, RunningJob job) throws Exception {
        JobHandler handler = handler(claim.kind());
        if (claim.cancelRequested()) {
            return cancelled(claim, handler);
        }
        return switch (OwnThreads.call(() -> handler.run(job))) {
            case JobOutcome.Done(Runnable save) -> {
                job.flush();
                CompletionHandler<Void> finish = finish(() -> rows.succeed(claim), save, null);
                yield (complete, execution) -> {
                    try {
                        finish.complete(complete, execution);
                    } catch (RuntimeException cannotSave) {
                        failed(claim, cannotSave).complete(complete, execution);
                    }
                };
            }
            case JobOutcome.Again(Duration delay) -> finish(() -> rows.pause(claim), null, delay);
        };
    }

    private CompletionHandler<Void> stop(Claim claim, JobStopped stopped) {
        LOG.info("{}", stopped.getMessage());
        return switch (stopped.reason()) {
            case CANCELLED -> cancelled(claim, handler(claim.kind()));
            case SHUTDOWN -> finish(() -> rows.requeue(claim), null, Duration.ZERO);
            case TAKEN_OVER -> LEAVE_TO_THE_NEW_OWNER;
        };
    }

    private CompletionHandler<Void> cancelled(Claim claim, JobHandler handler) {
        try {
            handler.cancelled(claim.id());
        } catch (RuntimeException failure) {
            if (claim.failures() + 1 < properties.maxAttempts()) {
                LOG.warn("job {} is cancelled, but clearing up after it failed; trying again", claim.id(), failure);
                Duration backoff = properties.backoff(claim.failures() + 1);
                return finish(() -> rows.failAndRequeue(claim, codeOf(failure), detailOf(failure)), null, backoff);
            }
            LOG.error("job {} is cancelled, but clearing up after it failed for good", claim.id(), failure);
        }
        return finish(() -> rows.cancel(claim), null, null);
    }

    private CompletionHandler<Void> failed(Claim claim, Throwable failure) {
        boolean isTold = failure instanceof TaxoscopeException;
        String code = codeOf(failure);
        String detail = detailOf(failure);
        boolean isHopeless = failure instanceof TaxoscopeException told
                && EnumSet.of(INVALID, NOT_FOUND, CONFLICT).contains(told.code().kind());
        if (isHopeless || claim.failures() + 1 >= properties.maxAttempts()) {
            LOG.error("job {} ({}) failed: {}", claim.id(), claim.kind(), detail, isTold ? null : failure);
            return fail(claim, code, detail);
        }
        Duration backoff = properties.backoff(claim.failures() + 1);
        LOG.warn("job {} ({}) runs again in {}: {}", claim.id(), claim.kind(), backoff, detail, failure);
        return finish(() -> rows.failAndRequeue(claim, code, detail), null, backoff);
    }

    static String codeOf(Throwable failure) {
        return failure instanceof TaxoscopeException told ? told.code().name() : JobError.UNEXPECTED_FAILURE.name();
    }

    static String detailOf(Throwable failure) {
        return failure instanceof TaxoscopeException ? String.valueOf(failure.getMessage()) : failure.toString();
    }

    private CompletionHandler<Void> fail(Claim claim, String code, String detail) {
        Runnable tell = () -> handlers.stream()
                .filter(handler -> handler.kind().equals(claim.kind()))
                .forEach(handler -> handler.failed(claim.id(), code, detail));
        return finish(() -> rows.fail(claim, code, detail), tell, null);
    }

    /** @param delay until the next run; null when there is none */
    private CompletionHandler<Void> finish(BooleanSupplier release, @Nullable Runnable save, @Nullable Duration delay) {
        return (complete, execution) -> transaction.executeWithoutResult(status -> {
            if (!release.getAsBoolean()) {
                status.setRollbackOnly();
                return;
            }
            if (save != null) {
                save.run();
            }
            // db-scheduler's own repository commits this very connection when it removes or reschedules an execution
            // (its workers always commit). What Hibernate still holds back must be in the database by then, or a
            // reader, and a crash, would see the job finished without its result.
            entities.flush();
            settle(complete, execution, delay);
        });
    }

    private void settle(ExecutionComplete complete, ExecutionOperations<Void> execution, @Nullable Duration delay) {
        if (delay == null) {
            execution.remove();
        } else {
            Instant next = clock.instant().plus(delay);
            execution.reschedule(complete, next);
        }
    }

    /** What a handler's own threads threw, out of what its executor made of it. */
    private static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean isWrapper = failure instanceof ExecutionException || failure instanceof CompletionException;
        return isWrapper && cause != null ? unwrap(cause) : failure;
    }

    private JobHandler handler(String kind) {
        return handlers.stream()
                .filter(handler -> handler.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no JobHandler bean does jobs of kind " + kind));
    }

    private static String diedTooOften(Claim claim) {
        return "the worker process died %d times over this job, so it is not started again by itself; look for the reason (memory?) in the log, then POST …/retry"
                .formatted(claim.crashes());
    }
}
