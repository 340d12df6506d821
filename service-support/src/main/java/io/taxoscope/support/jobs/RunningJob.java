package io.taxoscope.support.jobs;

import com.github.kagkarlsson.scheduler.SchedulerState;
import io.taxoscope.support.jobs.JobContext.JobStopped.Reason;
import io.taxoscope.support.jobs.JobRows.Claim;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The context of one run; asks the database at most once in every interval, whoever calls. */
class RunningJob implements JobContext {
    private final Claim claim;
    private final JobRows rows;
    private final SchedulerState scheduler;
    private final long intervalNanos;
    private final AtomicLong nextAskAt = new AtomicLong(System.nanoTime());
    private volatile @Nullable Report unwritten;

    RunningJob(Claim claim, JobRows rows, SchedulerState scheduler, long intervalNanos) {
        this.claim = claim;
        this.rows = rows;
        this.scheduler = scheduler;
        this.intervalNanos = intervalNanos;
    }

    private record Report(long done, long total, String unit) {}

    @Override
    public String id() {
        return claim.id();
    }

    @Override
    public void progress(long done, long total, String unit) {
        var report = new Report(done, total, unit);
        unwritten = report;
        if (isTimeToAsk()) {
            unwritten = null;
            stopUnlessOurs(rows.progress(claim, report.done, report.total, report.unit));
        }
    }

    @Override
    public void checkStopped() {
        if (isTimeToAsk()) {
            stopUnlessOurs(rows.cancelRequested(claim));
        }
    }

    /** Writes what the throttle held back, so that a finished job shows its last progress. */
    void flush() {
        Report report = unwritten;
        if (report != null) {
            rows.progress(claim, report.done, report.total, report.unit);
        }
    }

    private boolean isTimeToAsk() {
        if (scheduler.isShuttingDown()) {
            throw new JobStopped(claim.id(), Reason.SHUTDOWN);
        }
        long now = System.nanoTime();
        long due = nextAskAt.get();
        return now - due >= 0 && nextAskAt.compareAndSet(due, now + intervalNanos);
    }

    private void stopUnlessOurs(@Nullable Boolean cancelRequested) {
        if (cancelRequested == null) {
            throw new JobStopped(claim.id(), Reason.TAKEN_OVER);
        }
        if (cancelRequested) {
            throw new JobStopped(claim.id(), Reason.CANCELLED);
        }
    }
}
