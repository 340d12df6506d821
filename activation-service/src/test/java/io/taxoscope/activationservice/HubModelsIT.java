package io.taxoscope.activationservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taxoscope.activationservice.hub.FakeHub;
import io.taxoscope.activationservice.hub.OfflineHub;
import io.taxoscope.api.JobState;
import io.taxoscope.api.Source;
import io.taxoscope.api.activation.CreateHubDownload;
import io.taxoscope.api.activation.CreateModel;
import io.taxoscope.api.activation.HubDownloadView;
import io.taxoscope.api.activation.HubOrigin;
import io.taxoscope.api.activation.ModelView;
import io.taxoscope.api.activation.Preprocessing.CropMode;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Models of the hub, from a server that behaves like it. */
class HubModelsIT extends ActivationIT {
    private static final byte[] CONFIG = """
            {"image_processor_type": "BitImageProcessor", "do_resize": true, "size": {"shortest_edge": 36}, "resample": 3,
             "do_center_crop": true, "crop_size": {"height": 32, "width": 32}, "do_rescale": true,
             "rescale_factor": 0.00392156862745098, "do_normalize": true, "do_convert_rgb": true,
             "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225]}
            """.getBytes(StandardCharsets.UTF_8);

    @Autowired
    ApplicationContext context;

    @Autowired
    ContentStore store;

    @BeforeEach
    void hub() {
        HUB.reset();
        byte[] onnx = fixture("tiny_vit.onnx");
        HUB.publish(
                "tests/tiny", Map.of("onnx/model.onnx", onnx, "preprocessor_config.json", CONFIG, "README.md", CONFIG));
        HUB.publish("tests/private-tiny", Map.of("model.onnx", onnx, "preprocessor_config.json", CONFIG));
        HUB.publish("tests/gated-tiny", Map.of("model.onnx", onnx));
        HUB.publish("tests/bare", Map.of("model.onnx", onnx));
        HUB.publish("tests/two", Map.of("a.onnx", onnx, "b.onnx", onnx, "preprocessor_config.json", CONFIG));
        HUB.publish("tests/no-onnx", Map.of("model.safetensors", onnx));
    }

    @Test
    void registersAModelByItsNameWithTheFilesOfItsCommit() {
        ModelView model = body(register(Source.ofHub("tests/tiny", null, null)), ModelView.class);

        HubOrigin origin = Objects.requireNonNull(model.origin());
        assertThat(origin.commit()).isEqualTo(FakeHub.COMMIT);
        assertThat(origin.files())
                .containsExactly(
                        new HubOrigin.File(
                                "onnx/model.onnx",
                                fixture("tiny_vit.onnx").length,
                                Sha256.of(fixture("tiny_vit.onnx")).hex()),
                        new HubOrigin.File(
                                "preprocessor_config.json",
                                CONFIG.length,
                                Sha256.of(CONFIG).hex()));
        assertThat(model.preprocessing().crop().mode()).isEqualTo(CropMode.CENTER_FLOOR);
        assertThat(model.preprocessing().mean()).containsExactly(0.485, 0.456, 0.406);
        assertThat(get("/api/v1/models/" + model.id(), ModelView.class)).isEqualTo(model);
    }

    @Test
    void bringsTheWeightsThatLieBesideTheModel() {
        byte[] weights = fixture("external/tiny_vit.onnx_data");
        // Its own preprocessing: put together it is tests/tiny again, and a model keeps its first origin.
        byte[] config = new String(CONFIG, StandardCharsets.UTF_8)
                .replace("\"resample\": 3", "\"resample\": 2")
                .getBytes(StandardCharsets.UTF_8);
        HUB.publish(
                "tests/external",
                Map.of(
                        "onnx/tiny_vit.onnx", fixture("external/tiny_vit.onnx"),
                        "onnx/tiny_vit.onnx_data", weights,
                        "preprocessor_config.json", config));

        ModelView model = body(register(Source.ofHub("tests/external", null, null)), ModelView.class);

        assertThat(Objects.requireNonNull(model.origin()).files())
                .extracting(HubOrigin.File::path)
                .containsExactly("onnx/tiny_vit.onnx", "preprocessor_config.json", "onnx/tiny_vit.onnx_data");
        assertThat(model.taps()).isNotEmpty();
        assertThat(model.bytes()).isGreaterThan(weights.length);
    }

    @Test
    void keepsDownloadsAndTakesThemWhenTheHubIsAway() {
        Source byName = Source.ofHub("tests/tiny@main", null, null);
        ModelView before = body(register(byName), ModelView.class);
        int nRequests = HUB.nRequests.get();

        ModelView pinned = body(register(Source.ofHub("tests/tiny", FakeHub.COMMIT, null)), ModelView.class);
        assertThat(HUB.nRequests.get()).as("a commit never changes").isEqualTo(nRequests);
        HUB.isBroken = true;
        ModelView away = body(register(byName), ModelView.class);

        assertThat(pinned.id()).isEqualTo(before.id());
        assertThat(away.id()).isEqualTo(before.id());
        assertThat(OfflineHub.of(context)
                        .fetch(byName, null, (done, total) -> {})
                        .origin()
                        .commit())
                .isEqualTo(FakeHub.COMMIT);
        assertThatThrownBy(() -> OfflineHub.of(context)
                        .fetch(Source.ofHub("tests/never-seen", null, null), null, (done, total) -> {}))
                .hasMessageContaining("taxoscope.hub.offline");
    }

    @Test
    void goesOnAtTheByteWhereAConnectionBroke() {
        byte[] large = new byte[3_000_000];
        new Random(1).nextBytes(large);
        HUB.publish("tests/large", Map.of("model.onnx", large));
        HUB.truncations.set(3);

        HubDownloadView download = downloaded(new CreateHubDownload("tests/large", null, null));

        // Bytes that are no model: only the transfer is looked at, which fails when the file is read for external data.
        assertThat(Objects.requireNonNull(download.job().error()).code()).isEqualTo("NOT_ONNX");
        assertThat(HUB.ranges).containsExactly("", "bytes=1500000-", "bytes=2250000-", "bytes=2625000-");
        assertThat(store.has(Sha256.of(large))).isTrue();
        assertThat(store.root().resolve("work/hub-" + Sha256.of(large))).doesNotExist();
    }

    @Test
    void startsAnewWhereTheServerKnowsNoRanges() {
        byte[] large = new byte[100_000];
        new Random(2).nextBytes(large);
        HUB.publish("tests/no-ranges", Map.of("model.onnx", large));
        HUB.truncations.set(1);
        HUB.knowsRanges = false;

        downloaded(new CreateHubDownload("tests/no-ranges", null, null));

        assertThat(HUB.ranges).containsExactly("", "bytes=50000-");
        assertThat(store.has(Sha256.of(large))).isTrue();
    }

    @Test
    void keepsNothingOfAFileWithTheWrongHash() {
        byte[] large = new byte[100_000];
        new Random(3).nextBytes(large);
        HUB.publish("tests/lying", Map.of("model.onnx", large));
        HUB.isLying = true;

        register(Source.ofHub("tests/lying", null, null))
                .expectStatus()
                .is5xxServerError()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("HUB_FILE_CORRUPT");

        assertThat(store.has(Sha256.of(large))).isFalse();
        assertThat(store.root().resolve("work/hub-" + Sha256.of(large))).doesNotExist();
    }

    @Test
    void takesWhatAKilledProcessHadLeft() throws Exception {
        byte[] large = new byte[100_000];
        new Random(4).nextBytes(large);
        HUB.publish("tests/left", Map.of("model.onnx", large));
        var folder = Files.createDirectories(store.root().resolve("work/hub-" + Sha256.of(large)));
        Files.write(folder.resolve("part"), java.util.Arrays.copyOf(large, 70_000));

        downloaded(new CreateHubDownload("tests/left", null, null));

        assertThat(HUB.ranges).containsExactly("bytes=70000-");
        assertThat(store.has(Sha256.of(large))).isTrue();
    }

    @Test
    void waitsAsLongAsTheHubWants() {
        HUB.tooMany.set(2);
        HUB.retryAfter = "1";
        long start = System.nanoTime();
        register(Source.ofHub("tests/tiny", null, null)).expectStatus().is2xxSuccessful();
        assertThat(System.nanoTime() - start).isGreaterThan(2_000_000_000L);

        HUB.tooMany.set(1);
        HUB.retryAfter = "3600";
        register(Source.ofHub("tests/two", null, "a.onnx"))
                .expectStatus()
                .is5xxServerError()
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains("taxoscope.hub.longest-wait"));
    }

    @Test
    void givesTheTokenToTheHubAndToNobodyElse() {
        assertRefused(Source.ofHub("tests/private-tiny", null, null), null, "HUB_TOKEN_REFUSED", "source.hf");

        register(Source.ofHub("tests/private-tiny", null, null), FakeHub.TOKEN)
                .expectStatus()
                .is2xxSuccessful();

        assertThat(HUB.tokensAtTheOtherHost).isEmpty();
        assertRefused(Source.ofPath("/"), FakeHub.TOKEN, "SOURCE_INVALID", "Hub-Token");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "tests/gated-tiny,     -,       -,      HUB_TOKEN_REFUSED,             source.hf",
                "tests/unknown,        -,       -,      HUB_TOKEN_REFUSED,             source.hf",
                "tests/tiny,           no-such, -,      HUB_NOT_FOUND,                 source.hf",
                "tests/tiny@main,      main,    -,      SOURCE_INVALID,                source.revision",
                "tests/tiny,           -,       x.onnx, HUB_FILE_UNCLEAR,              source.file",
                "tests/two,            -,       -,      HUB_FILE_UNCLEAR,              source.file",
                "tests/no-onnx,        -,       -,      HUB_FILE_UNCLEAR,              source.hf",
                "tests/bare,           -,       -,      HUB_PREPROCESSING_UNSUPPORTED, preprocessing",
                "../../etc/passwd,     -,       -,      SOURCE_INVALID,                source.hf",
                "tests/tiny,           -,       ../x.onnx, SOURCE_INVALID,             source.file"
            })
    void saysWhichFieldIsWrong(String hf, @Nullable String revision, @Nullable String file, String code, String field) {
        assertRefused(Source.ofHub(hf, revision, file), null, code, field);
    }

    @Test
    void takesAHubModelNeitherAsADatasetNorWithoutItsName() {
        post(
                        "/api/v1/datasets",
                        Map.of(
                                "name",
                                "x",
                                "source",
                                Map.of("hf", "tests/tiny"),
                                "layout",
                                "AUTO",
                                "onBadImage",
                                "SKIP"),
                        null)
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("source.hf");
        assertRefused(
                new Source("/x", null, null, null, "main", null, null), null, "SOURCE_INVALID", "source.revision");
    }

    @Test
    void showsADownloadsBytesAndWhatToRegister() {
        HUB.publish("tests/shown", Map.of("model.onnx", fixture("tiny_vit.onnx"), "preprocessor_config.json", CONFIG));

        HubDownloadView download = downloaded(new CreateHubDownload("tests/shown", null, null));

        assertSucceeded(download.job());
        long bytes = fixture("tiny_vit.onnx").length + (long) CONFIG.length;
        assertThat(download.job().progress().done()).isEqualTo(bytes);
        assertThat(download.job().progress().total()).isEqualTo(bytes);
        assertThat(download.job().progress().unit()).isEqualTo("bytes");
        assertThat(download.source()).isEqualTo(Source.ofHub("tests/shown", FakeHub.COMMIT, "model.onnx"));
        assertThat(Objects.requireNonNull(download.preprocessing()).resize().size())
                .isEqualTo(36);
        ModelView model = body(register(Objects.requireNonNull(download.source())), ModelView.class);
        assertThat(model.preprocessing()).isEqualTo(download.preprocessing());
    }

    private HubDownloadView downloaded(CreateHubDownload request) {
        HubDownloadView download = body(post("/api/v1/hub-downloads", request, null), HubDownloadView.class);
        String path = "/api/v1/hub-downloads/" + download.id();
        await(() -> get(path, HubDownloadView.class).job());
        HubDownloadView done = get(path, HubDownloadView.class);
        assertThat(done.job().state()).isIn(JobState.SUCCEEDED, JobState.FAILED);
        return done;
    }

    private RestTestClient.ResponseSpec register(Source source) {
        return register(source, (String) null);
    }

    private RestTestClient.ResponseSpec register(Source source, @Nullable String token) {
        return http.post()
                .uri("/api/v1/models")
                .headers(headers -> {
                    if (token != null) {
                        headers.set("Hub-Token", token);
                    }
                })
                .contentType(MediaType.APPLICATION_JSON)
                .body(new CreateModel("from the hub", source, null, null))
                .exchange();
    }

    private void assertRefused(Source source, @Nullable String token, String code, String field) {
        var body = register(source, token).expectStatus().isEqualTo(422).expectBody();
        body.jsonPath("$.code").isEqualTo(code);
        body.jsonPath("$.errors[0].field").isEqualTo(field);
    }
}
