package io.taxoscope.saeservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import io.taxoscope.api.JobState;
import io.taxoscope.api.sae.CreateSae;
import io.taxoscope.api.sae.CreateSaeGroup;
import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.api.sae.SaeConfig.Architecture;
import io.taxoscope.api.sae.SaeConfig.AuxK;
import io.taxoscope.api.sae.SaeConfig.DecoderBias;
import io.taxoscope.api.sae.SaeConfig.Dictionary;
import io.taxoscope.api.sae.SaeConfig.EarlyStopping;
import io.taxoscope.api.sae.SaeConfig.Schedule;
import io.taxoscope.api.sae.SaeGroupView;
import io.taxoscope.api.sae.SaeView;
import io.taxoscope.api.sae.Sparsity;
import io.taxoscope.store.ContentStore;
import io.taxoscope.support.testing.PostgresForTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/** Many SAEs in one pass, each an SAE like any other. */
@SpringBootTest(webEnvironment = RANDOM_PORT, properties = "spring.config.name=sae")
@AutoConfigureRestTestClient
@Import(PostgresForTests.class)
class SaeGroupIT {
    private static final int ENDLESS = 2_000_000;

    @TempDir
    static Path root;

    @Autowired
    RestTestClient client;

    @Autowired
    ContentStore store;

    @DynamicPropertySource
    static void storeRoot(DynamicPropertyRegistry registry) {
        registry.add("taxoscope.store.root", () -> root);
    }

    @Test
    void trainsEachToTheWeightsThatItGetsAlone() {
        String one = TestActivations.write(store, 1).hex();
        String two = TestActivations.write(store, 2).hex();
        List<CreateSae> orders = List.of(
                new CreateSae(one, config(48, 3, 300, 3e-3, null, null), List.of(20, 100)),
                new CreateSae(one, config(64, 5, 200, 3e-3, 11L, null)),
                new CreateSae(two, config(48, 3, 300, 3e-3, null, null)),
                new CreateSae(two, batchTopK()),
                new CreateSae(one, config(48, 3, 5_000, 3e-3, null, new EarlyStopping(300, 50, 2, 0.01))));
        SaeGroupView group = ended(submit(orders).id());
        assertThat(group.job().state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(group.saes()).hasSize(5);

        for (int i = 0; i < orders.size(); i++) {
            SaeView member = sae(group.saes().get(i).id());
            SaeView alone = trained(orders.get(i));
            assertThat(member.job().state()).as("%s", member.job().error()).isEqualTo(JobState.SUCCEEDED);
            assertThat(member.group()).isEqualTo(group.id());
            assertThat(member.config()).isEqualTo(alone.config());
            assertThat(member.weights()).isNotNull().isEqualTo(alone.weights());
            assertThat(member.snapshots()).isEqualTo(alone.snapshots());
            assertThat(member.curve()).isNotEmpty().isEqualTo(alone.curve());
            assertThat(member.stoppedAt()).isEqualTo(alone.stoppedAt());
            assertThat(Files.exists(store.work(member.id()))).isFalse();
        }
        SaeView stopped = sae(group.saes().getLast().id());
        assertThat(stopped.stoppedAt()).isNotNull().isLessThan(5_000);
        assertThat(stopped.job().progress().done())
                .isEqualTo(Objects.requireNonNull(stopped.stoppedAt()).longValue());
        assertThat(stopped.curve().getLast().validationFvu()).isNotNull().isPositive();

        client.delete()
                .uri("/api/v1/sae-groups/" + group.id())
                .exchange()
                .expectStatus()
                .isNoContent();
        assertThat(sae(stopped.id()).group()).isNull();
    }

    @Test
    void goesOnWithoutThoseThatDivergeOrAreCancelled() {
        String shardSet = TestActivations.write(store, 3).hex();
        SaeGroupView group = submit(List.of(
                new CreateSae(shardSet, config(48, 3, 3_000, 3e-3, null, null)),
                new CreateSae(shardSet, config(48, 3, 3_000, 1e30, null, null)),
                new CreateSae(shardSet, config(48, 3, ENDLESS, 3e-3, null, null))));
        String endless = group.saes().get(2).id();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> sae(endless).job().progress().done() > 10);
        client.post()
                .uri("/api/v1/saes/" + endless + "/cancel")
                .exchange()
                .expectStatus()
                .isOk();

        SaeGroupView after = ended(group.id());

        assertThat(after.job().state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(after.saes())
                .map(sae -> sae.job().state())
                .containsExactly(JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED);
        var error = Objects.requireNonNull(after.saes().get(1).job().error());
        assertThat(error.code()).isEqualTo("TRAINING_DIVERGED");
        assertThat(error.detail()).contains("step ").contains("learning rate").contains("lower it");
        for (SaeView sae : after.saes()) {
            assertThat(Files.exists(store.work(sae.id()))).isFalse();
        }
        String alone = "/api/v1/saes/" + endless;
        client.post().uri(alone + "/retry").exchange().expectStatus().isAccepted();
        await().atMost(Duration.ofMinutes(1)).until(() -> sae(endless).job().state() == JobState.RUNNING);
        client.post().uri(alone + "/cancel").exchange().expectStatus().isOk();
        await().atMost(Duration.ofMinutes(1)).until(() -> sae(endless).job().state() == JobState.CANCELLED);
    }

    @Test
    void cancelsAllOfThemAndTakesThemUpAgain() {
        String shardSet = TestActivations.write(store, 4).hex();
        SaeGroupView group = submit(List.of(
                new CreateSae(shardSet, config(48, 3, ENDLESS, 3e-3, null, null)),
                new CreateSae(shardSet, config(64, 3, ENDLESS, 3e-3, null, null))));
        SaeGroupView waiting = submit(List.of(new CreateSae(shardSet, config(48, 3, 10, 3e-3, null, null))));
        for (int i = 0; i < 2; i++) {
            await().atMost(Duration.ofMinutes(1)).until(() -> group(group.id()).saes().stream()
                    .allMatch(sae -> sae.job().state() == JobState.RUNNING));
            client.delete()
                    .uri("/api/v1/sae-groups/" + group.id())
                    .exchange()
                    .expectStatus()
                    .isEqualTo(HttpStatus.CONFLICT);
            client.post().uri("/api/v1/sae-groups/" + waiting.id() + "/cancel").exchange();
            assertThat(group(waiting.id()).saes().getFirst().job().state()).isEqualTo(JobState.CANCELLED);
            client.post()
                    .uri("/api/v1/sae-groups/" + group.id() + "/cancel")
                    .exchange()
                    .expectStatus()
                    .isOk();
            assertThat(ended(group.id()).saes()).map(sae -> sae.job().state()).containsOnly(JobState.CANCELLED);
            if (i == 0) {
                client.post()
                        .uri("/api/v1/sae-groups/" + group.id() + "/retry")
                        .exchange()
                        .expectStatus()
                        .isAccepted();
            }
        }
    }

    @Test
    void namesEveryWrongFieldOfEverySae() {
        String shardSet = TestActivations.write(store, 5).hex();
        JsonNode problem = refused(new CreateSaeGroup(List.of(
                new CreateSae(shardSet, config(48, 3, 10, 3e-3, null, null)),
                new CreateSae(shardSet, config(48, 49, 10, 3e-3, null, null)),
                new CreateSae(shardSet, config(48, 3, 10, 3e-3, null, null).neurons()),
                new CreateSae("nothing", config(48, 3, 100, 3e-3, null, new EarlyStopping(10, 10, 9, 0))))));
        assertThat(problem.get("errors").valueStream().map(error -> error.get("field")
                        .asString()))
                .containsExactly(
                        "saes[1].config.k",
                        "saes[2].config.dictionary",
                        "saes[3].config.earlyStopping.patience",
                        "saes[3].shardSet");
        JsonNode tooMany = refused(new CreateSaeGroup(List.of(
                new CreateSae(shardSet, config(48, 3, 1_000, 3e-3, null, new EarlyStopping(1_501, 10, 2, 0))))));
        assertThat(tooMany.get("errors").get(0).get("field").asString())
                .isEqualTo("saes[0].config.earlyStopping.validationExamples");
    }

    private JsonNode refused(CreateSaeGroup request) {
        return Objects.requireNonNull(client.post()
                .uri("/api/v1/sae-groups")
                .body(request)
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT)
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());
    }

    private SaeGroupView submit(List<CreateSae> saes) {
        var answer = client.post()
                .uri("/api/v1/sae-groups")
                .body(new CreateSaeGroup(saes))
                .exchange()
                .expectStatus()
                .isAccepted();
        answer.expectHeader().exists("Location");
        return Objects.requireNonNull(
                answer.expectBody(SaeGroupView.class).returnResult().getResponseBody());
    }

    private SaeGroupView ended(String id) {
        await().atMost(Duration.ofMinutes(3))
                .until(() -> group(id).job().state().isFinished());
        return group(id);
    }

    private SaeView trained(CreateSae request) {
        SaeView submitted = Objects.requireNonNull(client.post()
                .uri("/api/v1/saes")
                .body(request)
                .exchange()
                .expectBody(SaeView.class)
                .returnResult()
                .getResponseBody());
        await().atMost(Duration.ofMinutes(3))
                .until(() -> sae(submitted.id()).job().state().isFinished());
        return sae(submitted.id());
    }

    private SaeView sae(String id) {
        return get("/api/v1/saes/" + id, SaeView.class);
    }

    private SaeGroupView group(String id) {
        return get("/api/v1/sae-groups/" + id, SaeGroupView.class);
    }

    private <T> T get(String uri, Class<T> type) {
        return Objects.requireNonNull(client.get()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(type)
                .returnResult()
                .getResponseBody());
    }

    private static SaeConfig batchTopK() {
        return config(Architecture.BATCH_TOPK, 48, 3, 100, 3e-3, null, null, Sparsity.batch(0.1));
    }

    static SaeConfig config(
            int width, int k, int steps, double rate, @Nullable Long orderSeed, @Nullable EarlyStopping stopping) {
        return config(Architecture.TOPK, width, k, steps, rate, orderSeed, stopping, null);
    }

    private static SaeConfig config(
            Architecture architecture,
            int width,
            int k,
            int steps,
            double rate,
            @Nullable Long orderSeed,
            @Nullable EarlyStopping stopping,
            @Nullable Sparsity sparsity) {
        return new SaeConfig(
                architecture,
                k,
                width,
                null,
                steps,
                256,
                rate,
                new Schedule(5, Schedule.Decay.CONSTANT),
                new AuxK(1 / 32.0, 8, 2_000),
                true,
                DecoderBias.GEOMETRIC_MEDIAN,
                7,
                Dictionary.LEARNED,
                sparsity,
                null,
                null,
                orderSeed,
                stopping);
    }
}
