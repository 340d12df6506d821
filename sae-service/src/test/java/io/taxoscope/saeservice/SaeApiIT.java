package io.taxoscope.saeservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import io.taxoscope.api.JobState;
import io.taxoscope.api.sae.CreateEncoding;
import io.taxoscope.api.sae.CreateSae;
import io.taxoscope.api.sae.EncodingView;
import io.taxoscope.api.sae.LatentTop;
import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.api.sae.SaeConfig.AuxK;
import io.taxoscope.api.sae.SaeConfig.DecoderBias;
import io.taxoscope.api.sae.SaeConfig.Dictionary;
import io.taxoscope.api.sae.SaeConfig.Schedule;
import io.taxoscope.api.sae.SaeView;
import io.taxoscope.common.Sha256;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.format.SaeLensFiles;
import io.taxoscope.store.Codes;
import io.taxoscope.store.CodesShard;
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

@SpringBootTest(webEnvironment = RANDOM_PORT, properties = "spring.config.name=sae")
@AutoConfigureRestTestClient
@Import(PostgresForTests.class)
class SaeApiIT {
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
    void trainsAndEncodesAndAnswersWhatCanBeRecomputed() throws Exception {
        Sha256 shardSet = TestActivations.write(store, 1);
        SaeView sae = trained(new CreateSae(shardSet.hex(), config(400)));
        assertThat(Objects.requireNonNull(sae.config()).width()).isEqualTo(2 * TestActivations.WIDTH);
        assertThat(sae.inputWidth()).isEqualTo(TestActivations.WIDTH);
        assertThat(sae.curve()).hasSize(200);
        assertThat(sae.curve().getLast().step()).isEqualTo(400);
        assertThat(sae.curve().getLast().fvu())
                .isLessThan(0.3 * sae.curve().getFirst().fvu());
        var provenance = Objects.requireNonNull(sae.provenance());
        assertThat(provenance.kernel()).startsWith("vector-");
        assertThat(provenance.examplesPerSecond()).isPositive();
        assertThat(Files.exists(store.work(sae.id()))).isFalse();

        EncodingView encoding = encoded(new CreateEncoding(sae.id(), shardSet.hex(), 10));
        Recomputed expected = Recomputed.of(
                weights(sae.id()),
                TestActivations.generate(1),
                Objects.requireNonNull(sae.config()).k(),
                10);
        var report = Objects.requireNonNull(encoding.report());
        assertThat(report.nExamples()).isEqualTo(TestActivations.EXAMPLES);
        assertThat(report.fvu()).isCloseTo(expected.fvu(), within(1e-5));
        assertThat(report.fvu()).isLessThan(0.3);
        assertThat(report.l0()).isCloseTo(expected.l0(), within(1e-9));
        assertThat(report.deadFraction()).isCloseTo(expected.deadFraction(), within(1e-9));
        LatentTop top = get("/api/v1/encodings/" + encoding.id() + "/latents/3/top", LatentTop.class);
        assertThat(top.items().stream().map(LatentTop.TopExample::index)).isEqualTo(expected.topOf(3));
        JsonNode tops = get("/api/v1/encodings/" + encoding.id() + "/top?latent=5&latent=3", JsonNode.class);
        assertThat(tops.get("items").get(0).get("latent").asInt()).isEqualTo(5);
        assertThat(tops.get("items").get(1).get("items").get(0).get("index").asInt())
                .isEqualTo(expected.topOf(3).getFirst());
        assertCodes(encoding, expected);
    }

    @Test
    void keepsTheInitialWeightsOfAnUntrainedSae() {
        Sha256 shardSet = TestActivations.write(store, 2);
        SaeView sae = trained(new CreateSae(shardSet.hex(), config(100).untrainedControl()));
        Parameters weights = SaeLensFiles.readWeights(store.blob(new Sha256(Objects.requireNonNull(sae.weights()))));
        assertThat(weights.wEnc_sd()).isEqualTo(weights.wDec_sd());
        assertThat(sae.curve()).isEmpty();
    }

    @Test
    void makesControlsOfTheActivationsThemselves() {
        Sha256 shardSet = TestActivations.write(store, 9);
        for (SaeConfig config : List.of(config(100).neurons(), config(100).principalDirections())) {
            SaeView sae = trained(new CreateSae(shardSet.hex(), config));
            assertThat(Objects.requireNonNull(sae.config()).width()).isEqualTo(2 * TestActivations.WIDTH);

            EncodingView encoding = encoded(new CreateEncoding(sae.id(), shardSet.hex(), 10));

            // Standardised coordinates have one half above 0, of which 3 are kept.
            assertThat(Objects.requireNonNull(encoding.report()).l0()).isEqualTo(3);
            assertThat(encoding.report().fvu()).isBetween(0.3, 0.9);
        }
    }

    @Test
    void refusesWhatMeansNothingToADictionary() {
        Sha256 shardSet = TestActivations.write(store, 9);
        SaeConfig learned = config(100);
        SaeConfig odd = new SaeConfig(
                learned.architecture(),
                3,
                48,
                2.0,
                100,
                128,
                1e-3,
                learned.schedule(),
                learned.auxK(),
                true,
                DecoderBias.ZERO,
                1,
                Dictionary.PCA);
        assertThat(fieldsOf(new CreateSae(shardSet.hex(), odd, List.of(10))))
                .containsExactly(
                        "config.expansion",
                        "config.steps",
                        "config.auxK",
                        "config.unitNormDecoder",
                        "config.decoderBias",
                        "snapshots");
        assertThat(fieldsOf(new CreateSae(shardSet.hex(), learned, List.of(20, 10, 100))))
                .containsExactly("snapshots[1]", "snapshots[2]");
    }

    @Test
    void encodesByASnapshotOfTheTraining() {
        Sha256 shardSet = TestActivations.write(store, 10);
        SaeView sae = trained(new CreateSae(shardSet.hex(), config(200), List.of(20, 100)));
        assertThat(sae.snapshots()).map(SaeView.Snapshot::step).containsExactly(20, 100);

        double early = fvu(new CreateEncoding(sae.id(), shardSet.hex(), null, 20));
        double later = fvu(new CreateEncoding(sae.id(), shardSet.hex(), null, 100));
        double last = fvu(new CreateEncoding(sae.id(), shardSet.hex(), null));

        assertThat(early).isGreaterThan(later);
        assertThat(later).isGreaterThan(last);
        JsonNode problem = client.post()
                .uri("/api/v1/encodings")
                .body(new CreateEncoding(sae.id(), shardSet.hex(), null, 21))
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT)
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        assertThat(fields(problem)).containsExactly("snapshot");
    }

    private double fvu(CreateEncoding request) {
        return Objects.requireNonNull(encoded(request).report()).fvu();
    }

    @Test
    void namesEveryWrongField() {
        Sha256 shardSet = TestActivations.write(store, 3);
        SaeConfig wrong = new SaeConfig(
                SaeConfig.Architecture.TOPK,
                100,
                48,
                2.0,
                0,
                128,
                1e-3,
                new Schedule(10, Schedule.Decay.CONSTANT),
                new AuxK(1 / 32.0, 8, 1_000),
                true,
                DecoderBias.MEAN,
                1,
                Dictionary.LEARNED);
        assertThat(fieldsOf(new CreateSae("no-hash", wrong)))
                .containsExactly(
                        "config.width",
                        "config.steps",
                        "config.schedule.warmupSteps",
                        "config.auxK.deadAfterExamples",
                        "shardSet");
        assertThat(fieldsOf(new CreateSae(shardSet.hex(), with(config(100), 49))))
                .containsExactly("config.k");
    }

    @Test
    void refusesToEncodeBeforeTheTrainingIsDone() {
        JsonNode problem = client.post()
                .uri("/api/v1/encodings")
                .body(new CreateEncoding("missing", "0".repeat(64), null))
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT)
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        assertThat(fields(problem)).containsExactly("shardSet", "saeId");
    }

    @Test
    void answersTheSameSaeToTheSameKeyAndRefusesAnotherRequest() {
        Sha256 shardSet = TestActivations.write(store, 4);
        CreateSae request = new CreateSae(shardSet.hex(), config(50));
        String first = submit(request, "key-1").id();
        assertThat(submit(request, "key-1").id()).isEqualTo(first);
        client.post()
                .uri("/api/v1/saes")
                .header("Idempotency-Key", "key-1")
                .body(new CreateSae(shardSet.hex(), config(51)))
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.CONFLICT);
    }

    @Test
    void stopsARunningTrainingAndStartsItAgain() {
        Sha256 shardSet = TestActivations.write(store, 5);
        SaeView sae = submit(new CreateSae(shardSet.hex(), config(2_000_000)), null);
        String uri = "/api/v1/saes/" + sae.id();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> get(uri, SaeView.class).job().progress().done() > 10);
        client.post().uri(uri + "/cancel").exchange().expectStatus().isOk();
        await().atMost(Duration.ofMinutes(3))
                .until(() -> get(uri, SaeView.class).job().state() == JobState.CANCELLED);
        client.post().uri(uri + "/retry").exchange().expectStatus().isAccepted();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> get(uri, SaeView.class).job().state() == JobState.RUNNING);
        client.delete().uri(uri).exchange().expectStatus().isEqualTo(HttpStatus.CONFLICT);
        client.post().uri(uri + "/cancel").exchange().expectStatus().isOk();
        await().atMost(Duration.ofMinutes(3))
                .until(() -> get(uri, SaeView.class).job().state() == JobState.CANCELLED);
        client.delete().uri(uri).exchange().expectStatus().isNoContent();
        client.get().uri(uri).exchange().expectStatus().isNotFound();
    }

    @Test
    void letsTheNextTrainingWaitForTheCores() {
        Sha256 shardSet = TestActivations.write(store, 8);
        String first = "/api/v1/saes/"
                + submit(new CreateSae(shardSet.hex(), config(2_000_000)), null).id();
        String second = "/api/v1/saes/"
                + submit(new CreateSae(shardSet.hex(), config(2_000_001)), null).id();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> get(first, SaeView.class).job().progress().done() > 10);
        assertThat(get(second, SaeView.class).job().state()).isEqualTo(JobState.QUEUED);
        client.post().uri(first + "/cancel").exchange().expectStatus().isOk();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> get(second, SaeView.class).job().state() == JobState.RUNNING);
        client.post().uri(second + "/cancel").exchange().expectStatus().isOk();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> get(second, SaeView.class).job().state() == JobState.CANCELLED);
    }

    @Test
    void keepsAnSaeThatHasEncodings() {
        Sha256 shardSet = TestActivations.write(store, 6);
        SaeView sae = trained(new CreateSae(shardSet.hex(), config(20)));
        EncodingView encoding = encoded(new CreateEncoding(sae.id(), shardSet.hex(), null));
        client.delete()
                .uri("/api/v1/saes/" + sae.id())
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.CONFLICT);
        client.delete()
                .uri("/api/v1/encodings/" + encoding.id())
                .exchange()
                .expectStatus()
                .isNoContent();
        client.delete()
                .uri("/api/v1/saes/" + sae.id())
                .exchange()
                .expectStatus()
                .isNoContent();
        assertThat(Codes.exists(store, new Sha256(Objects.requireNonNull(encoding.codes()))))
                .isFalse();
    }

    @Test
    void showsItsKernel() {
        JsonNode info = get("/actuator/info", JsonNode.class);
        assertThat(info.get("kernel").get("name").asString()).startsWith("vector-");
    }

    private void assertCodes(EncodingView encoding, Recomputed expected) {
        Codes codes = Codes.open(store, new Sha256(Objects.requireNonNull(encoding.codes())));
        CodesShard shard = codes.shard(0);
        for (int row = 0; row < shard.nExamples(); row++) {
            assertThat(shard.end(row) - shard.begin(row)).isEqualTo(expected.active(row));
            for (int at = shard.begin(row); at < shard.end(row); at++) {
                assertThat((double) shard.value(at)).isCloseTo(expected.code(row, shard.latent(at)), within(1e-3));
            }
        }
    }

    private Parameters weights(String id) throws Exception {
        byte[] file = client.get()
                .uri("/api/v1/saes/" + id + "/sae_weights.safetensors")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(byte[].class)
                .returnResult()
                .getResponseBody();
        Path path = root.resolve(id + ".safetensors");
        Files.write(path, Objects.requireNonNull(file));
        JsonNode cfg = get("/api/v1/saes/" + id + "/cfg.json", JsonNode.class);
        assertThat(cfg.get("architecture").asString()).isEqualTo("topk");
        assertThat(cfg.get("metadata").get("hook_name").asString()).isEqualTo("blocks.5.resid_post");
        return SaeLensFiles.readWeights(path);
    }

    private static SaeConfig config(int steps) {
        return new SaeConfig(
                SaeConfig.Architecture.TOPK,
                3,
                null,
                2.0,
                steps,
                256,
                3e-3,
                new Schedule(Math.min(10, steps / 2), Schedule.Decay.LINEAR_TO_ZERO),
                new AuxK(1 / 32.0, 8, 2_000),
                true,
                DecoderBias.GEOMETRIC_MEDIAN,
                7,
                Dictionary.LEARNED);
    }

    private static SaeConfig with(SaeConfig config, int k) {
        return new SaeConfig(
                config.architecture(),
                k,
                config.width(),
                config.expansion(),
                config.steps(),
                config.batchSize(),
                config.learningRate(),
                config.schedule(),
                config.auxK(),
                config.unitNormDecoder(),
                config.decoderBias(),
                config.seed(),
                config.dictionary());
    }

    private SaeView trained(CreateSae request) {
        String uri = "/api/v1/saes/" + submit(request, null).id();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> get(uri, SaeView.class).job().state().isFinished());
        SaeView sae = get(uri, SaeView.class);
        assertThat(sae.job().state()).as("%s", sae.job().error()).isEqualTo(JobState.SUCCEEDED);
        return sae;
    }

    private EncodingView encoded(CreateEncoding request) {
        EncodingView submitted = body(client.post()
                .uri("/api/v1/encodings")
                .body(request)
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectBody(EncodingView.class)
                .returnResult()
                .getResponseBody());
        String uri = "/api/v1/encodings/" + submitted.id();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> get(uri, EncodingView.class).job().state().isFinished());
        EncodingView encoding = get(uri, EncodingView.class);
        assertThat(encoding.job().state()).as("%s", encoding.job().error()).isEqualTo(JobState.SUCCEEDED);
        return encoding;
    }

    private SaeView submit(CreateSae request, @Nullable String key) {
        var post = client.post().uri("/api/v1/saes");
        if (key != null) {
            post.header("Idempotency-Key", key);
        }
        var answer = post.body(request).exchange().expectStatus().isAccepted();
        answer.expectHeader().exists("Location");
        return body(answer.expectBody(SaeView.class).returnResult().getResponseBody());
    }

    private List<String> fieldsOf(CreateSae request) {
        return fields(client.post()
                .uri("/api/v1/saes")
                .body(request)
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT)
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());
    }

    private static List<String> fields(@Nullable JsonNode problem) {
        return body(problem)
                .get("errors")
                .valueStream()
                .map(error -> error.get("field").asString())
                .toList();
    }

    private <T> T get(String uri, Class<T> type) {
        return body(client.get()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(type)
                .returnResult()
                .getResponseBody());
    }

    private static <T> T body(@Nullable T body) {
        return Objects.requireNonNull(body);
    }
}
