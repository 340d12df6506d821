package io.taxoscope.saeservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taxoscope.api.JobState;
import io.taxoscope.api.sae.CreateSae;
import io.taxoscope.api.sae.CreateSaeGroup;
import io.taxoscope.api.sae.SaeApi;
import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.api.sae.SaeConfig.DecoderBias;
import io.taxoscope.api.sae.SaeConfig.Dictionary;
import io.taxoscope.api.sae.SaeConfig.Schedule;
import io.taxoscope.api.sae.SaeGroupApi;
import io.taxoscope.api.sae.SaeGroupView;
import io.taxoscope.api.sae.SaeView;
import io.taxoscope.common.LocalPorts;
import io.taxoscope.store.ContentStore;
import io.taxoscope.support.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

/** A service process is killed with SIGKILL in the middle of a training; another one finishes it. */
@ExtendWith(OutputCaptureExtension.class)
class KilledServiceIT {
    private static final int STEPS = 3_000;
    private static final String CHECKPOINTS = "--taxoscope.sae.training.checkpoint-interval=500ms";

    @TempDir
    Path root;

    private final TestPostgres server = TestPostgres.server();
    private final String url = server.freshUrl();

    @Test
    void resumesFromTheCheckpointToTheSameWeights(CapturedOutput output) throws Exception {
        ContentStore store = ContentStore.at(root.resolve("store"));
        CreateSae request =
                new CreateSae(TestActivations.write(store, 1).hex(), config(), List.of(5, STEPS / 2, STEPS - 1));
        String killed = trainUntilKilled(request, store);

        try (var survivor = startHere(store)) {
            SaeApi saes = survivor.getBean(SaeApi.class);
            SaeView resumed = awaitSuccess(saes, killed);
            String again =
                    Objects.requireNonNull(saes.train(request, null).getBody()).id();
            SaeView undisturbed = awaitSuccess(saes, again);
            assertThat(output).containsPattern("SAE " + killed + " resumes at step [1-9]");
            assertThat(resumed.job().attempts()).isEqualTo(2);
            assertThat(undisturbed.job().attempts()).isEqualTo(1);
            assertThat(resumed.weights()).isNotNull().isEqualTo(undisturbed.weights());
            assertThat(resumed.snapshots()).hasSize(3).isEqualTo(undisturbed.snapshots());
            assertThat(resumed.curve()).hasSize(200).isEqualTo(undisturbed.curve());
        }
    }

    @Test
    void takesUpAGroupWithEverySaeAtItsCheckpoint(CapturedOutput output) throws Exception {
        ContentStore store = ContentStore.at(root.resolve("store"));
        String shardSet = TestActivations.write(store, 1).hex();
        List<CreateSae> orders = List.of(
                new CreateSae(shardSet, config(), List.of(5, STEPS / 2)),
                new CreateSae(shardSet, SaeGroupIT.config(300, 4, STEPS, 3e-3, null, null)),
                new CreateSae(shardSet, SaeGroupIT.config(64, 3, 20, 3e-3, null, null)));
        List<String> ids = new ArrayList<>();
        String group = untilKilled(store, http -> {
            SaeGroupView submitted = Objects.requireNonNull(http.post()
                    .uri("/api/v1/sae-groups")
                    .body(new CreateSaeGroup(orders))
                    .retrieve()
                    .body(SaeGroupView.class));
            submitted.saes().forEach(sae -> ids.add(sae.id()));
            awaitCheckpoint(store, ids.get(0));
            awaitCheckpoint(store, ids.get(1));
            await().atMost(Duration.ofMinutes(1)).until(() -> hasEnded(http, ids.get(2)));
            return submitted.id();
        });

        try (var survivor = startHere(store)) {
            SaeApi saes = survivor.getBean(SaeApi.class);
            SaeGroupApi groups = survivor.getBean(SaeGroupApi.class);
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> groups.find(group).job().state().isFinished());
            assertThat(groups.find(group).job().attempts()).isEqualTo(2);
            for (int i = 0; i < orders.size(); i++) {
                SaeView resumed = awaitSuccess(saes, ids.get(i));
                String again = Objects.requireNonNull(
                                saes.train(orders.get(i), null).getBody())
                        .id();
                SaeView undisturbed = awaitSuccess(saes, again);
                assertThat(resumed.weights()).isNotNull().isEqualTo(undisturbed.weights());
                assertThat(resumed.snapshots()).isEqualTo(undisturbed.snapshots());
                assertThat(resumed.curve()).isEqualTo(undisturbed.curve());
            }
            assertThat(output).containsPattern("SAE " + ids.get(0) + " resumes at step [1-9]");
            assertThat(output).containsPattern("SAE " + ids.get(1) + " resumes at step [1-9]");
            assertThat(saes.find(ids.get(2)).job().attempts())
                    .as("had ended before")
                    .isEqualTo(1);
        }
    }

    /** Trains in a process of its own, and kills it once it has written a checkpoint. */
    private String trainUntilKilled(CreateSae request, ContentStore store) throws Exception {
        return untilKilled(store, http -> {
            SaeView sae = Objects.requireNonNull(
                    http.post().uri("/api/v1/saes").body(request).retrieve().body(SaeView.class));
            awaitCheckpoint(store, sae.id());
            return sae.id();
        });
    }

    private static boolean hasEnded(RestClient http, String id) {
        SaeView sae = http.get().uri("/api/v1/saes/" + id).retrieve().body(SaeView.class);
        return Objects.requireNonNull(sae).job().state() == JobState.SUCCEEDED;
    }

    private static void awaitCheckpoint(ContentStore store, String id) {
        Path checkpoint = store.work(id).resolve("checkpoint.safetensors");
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Files.exists(checkpoint));
    }

    /** Does something with a service in a process of its own, and kills it. */
    private String untilKilled(ContentStore store, Function<RestClient, String> work) throws Exception {
        int port = LocalPorts.free();
        Path log = root.resolve("service.log");
        Process victim = startProcess(port, store, log);
        try {
            var http = RestClient.create("http://localhost:" + port);
            await().atMost(Duration.ofMinutes(2))
                    .ignoreExceptions()
                    .until(() -> !victim.isAlive()
                            || http.get()
                                    .uri("/actuator/health")
                                    .retrieve()
                                    .toBodilessEntity()
                                    .getStatusCode()
                                    .is2xxSuccessful());
            assertThat(victim.isAlive()).as(Files.readString(log)).isTrue();
            return work.apply(http);
        } finally {
            victim.destroyForcibly().waitFor();
        }
    }

    private static SaeView awaitSuccess(SaeApi saes, String id) {
        await().atMost(Duration.ofMinutes(3))
                .until(() -> saes.find(id).job().state().isFinished());
        SaeView sae = saes.find(id);
        assertThat(sae.job().state()).as("%s", sae.job().error()).isEqualTo(JobState.SUCCEEDED);
        return sae;
    }

    private static SaeConfig config() {
        return new SaeConfig(
                SaeConfig.Architecture.TOPK,
                3,
                480,
                null,
                STEPS,
                1024,
                3e-3,
                new Schedule(10, Schedule.Decay.COSINE_TO_ZERO),
                new SaeConfig.AuxK(1 / 32.0, 8, 100_000),
                true,
                DecoderBias.GEOMETRIC_MEDIAN,
                7,
                Dictionary.LEARNED);
    }

    private ConfigurableApplicationContext startHere(ContentStore store) {
        return new SpringApplicationBuilder(SaeApplication.class)
                .properties("spring.config.name=sae")
                .run(
                        "--server.port=0",
                        "--taxoscope.store.root=" + store.root(),
                        "--spring.datasource.url=" + url,
                        "--spring.datasource.username=" + server.user(),
                        "--spring.datasource.password=" + server.password(),
                        CHECKPOINTS);
    }

    private Process startProcess(int port, ContentStore store, Path log) throws Exception {
        var command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                SaeApplication.class.getName(),
                "--server.port=" + port,
                CHECKPOINTS);
        command.environment().put("TAXOSCOPE_DB_URL", url);
        command.environment().put("TAXOSCOPE_DB_USER", server.user());
        command.environment().put("TAXOSCOPE_DB_PASSWORD", server.password());
        command.environment().put("TAXOSCOPE_STORE_ROOT", store.root().toString());
        return command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }
}
