package io.taxoscope.support.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taxoscope.api.JobState;
import io.taxoscope.api.JobView;
import io.taxoscope.support.jobs.CountingService.Counting;
import io.taxoscope.support.jobs.CountingService.Mode;
import io.taxoscope.support.jobs.CountingService.Order;
import io.taxoscope.support.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Several workers on one database, in several processes. */
class JobTakeoverIT {
    private final TestPostgres server = TestPostgres.server();
    private String url = "";
    private JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource());

    @BeforeEach
    void freshDatabase() {
        url = server.freshUrl();
        jdbc = JdbcClient.create(
                new DriverManagerDataSource(url + "?currentSchema=testing", server.user(), server.password()));
    }

    @Test
    void continuesWhatAKilledWorkerLeft(@TempDir Path folder) throws Exception {
        int until = 300;
        Path log = folder.resolve("worker.log");
        Process victim = startProcess(log, until);
        try {
            await().atMost(Duration.ofMinutes(4)).ignoreExceptions().until(() -> !victim.isAlive() || steps() > 10);
            assertThat(victim.isAlive()).as(Files.readString(log)).isTrue();
        } finally {
            victim.destroyForcibly().waitFor();
        }
        assertThat(steps()).isLessThan(until);

        try (var survivor = startHere()) {
            Jobs jobs = survivor.getBean(Jobs.class);
            String id = jdbc.sql("select id from job").query(String.class).single();
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> jobs.view(id).state().isFinished());
            JobView view = jobs.view(id);
            assertThat(view.state()).isEqualTo(JobState.SUCCEEDED);
            assertThat(view.attempts()).isEqualTo(2);
        }
        assertThat(steps()).isEqualTo(until);
        assertThat(workers()).isEqualTo(2);
    }

    @Test
    void givesEachJobToOneOfTwoWorkers() {
        try (var one = startHere();
                var two = startHere()) {
            Jobs jobs = one.getBean(Jobs.class);
            Counting counting = two.getBean(Counting.class);
            List<String> ids = IntStream.range(0, 40)
                    .mapToObj(i ->
                            counting.submit(null, new Order(5, Mode.WELL)).job().id())
                    .toList();
            await().atMost(Duration.ofMinutes(2)).until(() -> ids.stream()
                    .allMatch(id -> jobs.view(id).state().isFinished()));
            assertThat(ids).allSatisfy(id -> {
                assertThat(jobs.view(id).state()).isEqualTo(JobState.SUCCEEDED);
                assertThat(jobs.view(id).attempts()).isEqualTo(1);
            });
        }
        assertThat(steps()).isEqualTo(40 * 5);
        assertThat(workers()).isEqualTo(2);
    }

    private ConfigurableApplicationContext startHere() {
        return new SpringApplicationBuilder(CountingService.class)
                .run(
                        "--spring.datasource.url=" + url,
                        "--spring.datasource.username=" + server.user(),
                        "--spring.datasource.password=" + server.password());
    }

    private Process startProcess(Path log, int until) throws Exception {
        var command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CountingService.class.getName(),
                Integer.toString(until));
        command.environment().put("TAXOSCOPE_DB_URL", url);
        command.environment().put("TAXOSCOPE_DB_USER", server.user());
        command.environment().put("TAXOSCOPE_DB_PASSWORD", server.password());
        return command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    private int steps() {
        return jdbc.sql("select count(*) from step").query(Integer.class).single();
    }

    private int workers() {
        return jdbc.sql("select count(distinct worker) from step")
                .query(Integer.class)
                .single();
    }
}
