package io.taxoscope.support.jobs;

import io.taxoscope.api.JobState;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements by which workers and users move a job from state to state; each names the states it may leave. */
class JobRows {
    private final JdbcClient jdbc;
    private final Clock clock;

    JobRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A job as its worker took it.
     *
     * @param token names this run; a later run of the same job has a higher one
     */
    record Claim(String id, String kind, long token, int failures, int crashes, boolean cancelRequested) {}

    /** Takes a job, or answers null when there is nothing left to do for it. */
    @Nullable Claim claim(String id) {
        return jdbc.sql("""
                        update job set
                            state = 'RUNNING',
                            run_token = run_token + 1,
                            attempts = attempts + case when state = 'QUEUED' or held then 1 else 0 end,
                            crashes = crashes + case when held then 1 else 0 end,
                            attempt_from = case when state = 'QUEUED' or held then null else attempt_from end,
                            attempt_started_at =
                                case when state = 'QUEUED' or held then :now else attempt_started_at end,
                            started_at = coalesce(started_at, :now),
                            held = true
                        where id = :id and state in ('QUEUED', 'RUNNING')
                        returning id, kind, run_token, failures, crashes, cancel_requested""")
                .param("id", id)
                .param("now", now())
                .query((row, n) -> new Claim(
                        row.getString("id"),
                        row.getString("kind"),
                        row.getLong("run_token"),
                        row.getInt("failures"),
                        row.getInt("crashes"),
                        row.getBoolean("cancel_requested")))
                .optional()
                .orElse(null);
    }

    /** Writes progress and answers whether cancelling was asked for; null when the job was taken over. */
    @Nullable Boolean progress(Claim claim, long done, long total, String unit) {
        return jdbc.sql("""
                        update job set done = :done, total = :total, unit = :unit, progress_at = :now,
                            attempt_from = coalesce(attempt_from, :done),
                            attempt_started_at = case when attempt_from is null then :now else attempt_started_at end
                        where id = :id and run_token = :token and state = 'RUNNING'
                        returning cancel_requested""")
                .param("done", done)
                .param("total", total)
                .param("unit", unit)
                .param("now", now())
                .param("id", claim.id())
                .param("token", claim.token())
                .query(Boolean.class)
                .optional()
                .orElse(null);
    }

    /** As {@link #progress}, without writing. */
    @Nullable Boolean cancelRequested(Claim claim) {
        return jdbc.sql("select cancel_requested from job where id = :id and run_token = :token and state = 'RUNNING'")
                .param("id", claim.id())
                .param("token", claim.token())
                .query(Boolean.class)
                .optional()
                .orElse(null);
    }

    boolean succeed(Claim claim) {
        return release(claim, JobState.SUCCEEDED, 0, null, null);
    }

    boolean cancel(Claim claim) {
        return release(claim, JobState.CANCELLED, claim.failures(), null, null);
    }

    /** Leaves the job RUNNING, with no worker at it for a while. */
    boolean pause(Claim claim) {
        return release(claim, JobState.RUNNING, 0, null, null);
    }

    /** Gives the job back unharmed, for whoever takes it next. */
    boolean requeue(Claim claim) {
        return release(claim, JobState.QUEUED, claim.failures(), null, null);
    }

    boolean failAndRequeue(Claim claim, String code, String detail) {
        return release(claim, JobState.QUEUED, claim.failures() + 1, code, detail);
    }

    boolean fail(Claim claim, String code, String detail) {
        return release(claim, JobState.FAILED, claim.failures() + 1, code, detail);
    }

    /** False when another worker has taken the job since {@code claim}. */
    private boolean release(Claim claim, JobState state, int failures, @Nullable String code, @Nullable String detail) {
        return jdbc.sql("""
                        update job set held = false, state = :state, failures = :failures,
                            error_code = :code, error_detail = :detail, finished_at = :finishedAt
                        where id = :id and run_token = :token and state = 'RUNNING'""")
                        .param("state", state.name())
                        .param("failures", failures)
                        .param("code", code, Types.VARCHAR)
                        .param("detail", detail, Types.VARCHAR)
                        .param("finishedAt", state.isFinished() ? now() : null, Types.TIMESTAMP_WITH_TIMEZONE)
                        .param("id", claim.id())
                        .param("token", claim.token())
                        .update()
                == 1;
    }

    /** For a job whose work was done before it was submitted. */
    void succeedUnstarted(String id) {
        jdbc.sql("update job set state = 'SUCCEEDED', started_at = :now, finished_at = :now where id = :id")
                .param("id", id)
                .param("now", now())
                .update();
    }

    /** True when the job had not started and is now CANCELLED. */
    boolean cancelUnstarted(String id) {
        return jdbc.sql("""
                        update job set state = 'CANCELLED', finished_at = :now
                        where id = :id and state = 'QUEUED' and attempts = 0""").param("id", id).param("now", now()).update() == 1;
    }

    /** True when the job is unfinished and will be cancelled by its worker. */
    boolean requestCancel(String id) {
        return jdbc.sql("update job set cancel_requested = true where id = :id and state in ('QUEUED', 'RUNNING')")
                        .param("id", id)
                        .update()
                == 1;
    }

    boolean retry(String id) {
        return jdbc.sql("""
                        update job set state = 'QUEUED', cancel_requested = false, failures = 0, crashes = 0,
                            held = false, error_code = null, error_detail = null, finished_at = null
                        where id = :id and state in ('FAILED', 'CANCELLED')""").param("id", id).update() == 1;
    }

    /** True when the job was unfinished, no worker is at it, and it now is CANCELLED or FAILED, as {@code state} says. */
    boolean finishUnheld(String id, JobState state, @Nullable String code, @Nullable String detail) {
        return jdbc.sql("""
                        update job set state = :state, error_code = :code, error_detail = :detail, finished_at = :now
                        where id = :id and state in ('QUEUED', 'RUNNING') and not held""")
                        .param("state", state.name())
                        .param("code", code, Types.VARCHAR)
                        .param("detail", detail, Types.VARCHAR)
                        .param("now", now())
                        .param("id", id)
                        .update()
                == 1;
    }

    /** True unless a worker may be at it. */
    boolean delete(String id) {
        return jdbc.sql("delete from job where id = :id and not held and (state <> 'RUNNING')")
                        .param("id", id)
                        .update()
                == 1;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
