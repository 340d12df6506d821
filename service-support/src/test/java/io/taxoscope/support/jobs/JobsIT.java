package io.taxoscope.support.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.taxoscope.api.JobState;
import io.taxoscope.api.JobView;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.support.jobs.CountingService.Counting;
import io.taxoscope.support.jobs.CountingService.Mode;
import io.taxoscope.support.jobs.CountingService.Order;
import io.taxoscope.support.testing.PostgresForTests;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest(classes = CountingService.class)
@Import(PostgresForTests.class)
class JobsIT {
    private static final int ENDLESS = 1_000_000;

    @Autowired
    private Jobs jobs;

    @Autowired
    private Counting counting;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void doesTheWorkOnceAndSavesTheResultWithTheState() {
        String id = counting.submit(null, new Order(30, Mode.WELL)).job().id();
        JobView done = awaitState(id, JobState.SUCCEEDED);
        assertThat(done.progress().done()).isEqualTo(30);
        assertThat(done.progress().unit()).isEqualTo("numbers");
        assertThat(done.attempts()).isEqualTo(1);
        assertThat(done.finishedAt()).isAfterOrEqualTo(done.startedAt());
        assertThat(result(id)).isEqualTo(30);
        assertThat(executions(id)).isZero();
    }

    @Test
    void answersTheSameJobForTheSameKeyAndBody() {
        var order = new Order(1, Mode.WELL);
        var first = counting.submit("key-a", order);
        var again = counting.submit("key-a", order);
        assertThat(first.isNew()).isTrue();
        assertThat(again.isNew()).isFalse();
        assertThat(again.job().id()).isEqualTo(first.job().id());
        assertThatThrownBy(() -> counting.submit("key-a", new Order(2, Mode.WELL)))
                .isInstanceOfSatisfying(TaxoscopeException.class, failure -> assertThat(failure.code())
                        .isEqualTo(JobError.IDEMPOTENCY_KEY_REUSED));
    }

    @Test
    void makesOneJobOfManySimultaneousRequestsWithOneKey() throws Exception {
        Callable<String> submit =
                () -> counting.submit("key-b", new Order(1, Mode.WELL)).job().id();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var ids = new HashSet<String>();
            for (var answer : threads.invokeAll(
                    IntStream.range(0, 8).mapToObj(i -> submit).toList())) {
                ids.add(answer.get());
            }
            assertThat(ids).hasSize(1);
        }
    }

    @Test
    void stopsARunningJobThatIsCancelledAndContinuesItOnRetry() {
        String id = counting.submit(null, new Order(ENDLESS, Mode.WELL)).job().id();
        await().until(() -> jobs.view(id).progress().done() > 3);
        jobs.cancel(id);
        awaitState(id, JobState.CANCELLED);
        assertThat(executions(id)).isZero();
        int before = steps(id);

        jdbc.sql("update count set until = ? where id = ?")
                .params(before + 20, id)
                .update();
        assertThat(jobs.retry(id).state()).isEqualTo(JobState.QUEUED);
        assertThat(awaitState(id, JobState.SUCCEEDED).attempts()).isEqualTo(2);
        assertThat(result(id)).isEqualTo(before + 20);
    }

    @Test
    void cancelsAtOnceWhatHasNotStarted() {
        var busy = IntStream.range(0, 3)
                .mapToObj(i -> counting.submit(null, new Order(ENDLESS, Mode.WELL))
                        .job()
                        .id())
                .toList();
        busy.forEach(id -> awaitState(id, JobState.RUNNING));
        String waiting = counting.submit(null, new Order(1, Mode.WELL)).job().id();
        assertThat(jobs.cancel(waiting).state()).isEqualTo(JobState.CANCELLED);
        assertThat(executions(waiting)).isZero();
        busy.forEach(jobs::cancel);
        busy.forEach(id -> awaitState(id, JobState.CANCELLED));
    }

    @Test
    void triesAgainAfterAnUnexpectedFailureButNotForEver() {
        String once = counting.submit(null, new Order(3, Mode.FAIL_ONCE)).job().id();
        String always =
                counting.submit(null, new Order(3, Mode.FAIL_ALWAYS)).job().id();
        JobView recovered = awaitState(once, JobState.SUCCEEDED);
        assertThat(recovered.attempts()).isEqualTo(2);
        assertThat(recovered.error()).isNull();
        JobView failed = awaitState(always, JobState.FAILED);
        assertThat(failed.attempts()).isEqualTo(3);
        assertThat(failed.error())
                .isEqualTo(
                        new JobView.JobError("UNEXPECTED_FAILURE", "java.lang.IllegalStateException: cannot breathe"));
    }

    @Test
    void failsAtOnceWhenRepeatingCannotHelp() {
        String id = counting.submit(null, new Order(3, Mode.REFUSE)).job().id();
        JobView failed = awaitState(id, JobState.FAILED);
        assertThat(failed.attempts()).isEqualTo(1);
        assertThat(failed.error()).isEqualTo(new JobView.JobError("CANNOT_COUNT", "numbers end here"));
    }

    @Test
    void deletesAFinishedJobAndRefusesToDeleteARunningOne() {
        String id = counting.submit(null, new Order(ENDLESS, Mode.WELL)).job().id();
        awaitState(id, JobState.RUNNING);
        assertThatThrownBy(() -> jobs.delete(id))
                .isInstanceOfSatisfying(TaxoscopeException.class, failure -> assertThat(failure.code())
                        .isEqualTo(JobError.JOB_NOT_FINISHED));
        jobs.cancel(id);
        awaitState(id, JobState.CANCELLED);
        jdbc.sql("delete from count where id = ?").param(id).update();
        jobs.delete(id);
        assertThatThrownBy(() -> jobs.find(id)).isInstanceOf(TaxoscopeException.class);
    }

    private JobView awaitState(String id, JobState state) {
        await().atMost(Duration.ofMinutes(2)).until(() -> jobs.view(id).state() == state);
        return jobs.view(id);
    }

    private int result(String id) {
        return jdbc.sql("select result from count where id = ?")
                .param(id)
                .query(Integer.class)
                .single();
    }

    private int steps(String id) {
        return jdbc.sql("select count(*) from step where job_id = ?")
                .param(id)
                .query(Integer.class)
                .single();
    }

    private int executions(String id) {
        return jdbc.sql("select count(*) from scheduled_tasks where task_instance = ?")
                .param(id)
                .query(Integer.class)
                .single();
    }
}
