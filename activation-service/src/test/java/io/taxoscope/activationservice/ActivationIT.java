package io.taxoscope.activationservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.activationservice.hub.FakeHub;
import io.taxoscope.api.JobState;
import io.taxoscope.api.JobView;
import io.taxoscope.api.Source;
import io.taxoscope.api.activation.CreateDataset;
import io.taxoscope.api.activation.CreateDataset.Layout;
import io.taxoscope.api.activation.CreateDataset.OnBadImage;
import io.taxoscope.api.activation.CreateExtraction;
import io.taxoscope.api.activation.CreateModel;
import io.taxoscope.api.activation.DatasetView;
import io.taxoscope.api.activation.ExtractionView;
import io.taxoscope.api.activation.ModelView;
import io.taxoscope.api.activation.Preprocessing;
import io.taxoscope.api.activation.UploadApi.UploadView;
import io.taxoscope.support.testing.PostgresForTests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The service on a real database and a store in a temporary folder, spoken to by HTTP. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=activation", "taxoscope.jobs.progress-interval=20ms"})
@AutoConfigureRestTestClient
@Import(PostgresForTests.class)
abstract class ActivationIT {
    static final Preprocessing TINY = new Preprocessing(
            new Preprocessing.Resize(Preprocessing.ResizeMode.SHORTEST_SIDE, 36, Preprocessing.Filter.BICUBIC),
            new Preprocessing.Crop(Preprocessing.CropMode.CENTER, 32, 32),
            Preprocessing.ColorOrder.RGB,
            1 / 255.0,
            List.of(0.485, 0.456, 0.406),
            List.of(0.229, 0.224, 0.225));

    /** One for the JVM, as the application context is, which all tests share. */
    private static final Path STORE = temporaryFolder();

    static final FakeHub HUB = new FakeHub();

    @Autowired
    RestTestClient http;

    @DynamicPropertySource
    static void store(DynamicPropertyRegistry registry) {
        registry.add("taxoscope.store.root", () -> STORE);
        registry.add("taxoscope.hub.address", HUB::address);
        registry.add("taxoscope.hub.pause", () -> "10ms");
        registry.add("taxoscope.hub.attempts", () -> 3);
        registry.add("taxoscope.hub.longest-wait", () -> "5s");
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("taxoscope-store-");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static byte[] fixture(String name) {
        try (InputStream in = ActivationIT.class.getResourceAsStream("/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String upload(byte[] bytes) {
        UploadView answer = http.put()
                .uri("/api/v1/uploads")
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(bytes)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(UploadView.class)
                .returnResult()
                .getResponseBody();
        return Objects.requireNonNull(answer).sha256();
    }

    CreateModel tinyModel() {
        return new CreateModel("tiny", Source.ofUpload(upload(fixture("tiny_vit.onnx"))), TINY, null);
    }

    RestTestClient.ResponseSpec register(CreateModel request) {
        return post("/api/v1/models", request, null);
    }

    ModelView registerTinyModel() {
        return body(register(tinyModel()), ModelView.class);
    }

    RestTestClient.ResponseSpec register(Source source, Layout layout, OnBadImage onBadImage) {
        return post("/api/v1/datasets", new CreateDataset("test", source, layout, onBadImage), null);
    }

    DatasetView registerImages() {
        Source tar = Source.ofUpload(upload(fixture("images.tar")));
        return finished(body(register(tar, Layout.AUTO, OnBadImage.FAIL), DatasetView.class));
    }

    RestTestClient.ResponseSpec submit(CreateExtraction request, @Nullable String key) {
        return post("/api/v1/extractions", request, key);
    }

    RestTestClient.ResponseSpec post(String path, Object request, @Nullable String key) {
        return http.post()
                .uri(path)
                .headers(headers -> {
                    if (key != null) {
                        headers.set("Idempotency-Key", key);
                    }
                })
                .contentType(MediaType.APPLICATION_JSON)
                .body(request)
                .exchange();
    }

    <T> T get(String path, Class<T> type) {
        return body(http.get().uri(path).exchange().expectStatus().isOk(), type);
    }

    static <T> T body(RestTestClient.ResponseSpec response, Class<T> type) {
        return Objects.requireNonNull(response.expectBody(type).returnResult().getResponseBody());
    }

    DatasetView finished(DatasetView dataset) {
        String path = "/api/v1/datasets/" + dataset.id();
        await(() -> get(path, DatasetView.class).job());
        return get(path, DatasetView.class);
    }

    ExtractionView finished(ExtractionView extraction) {
        String path = "/api/v1/extractions/" + extraction.id();
        await(() -> get(path, ExtractionView.class).job());
        return get(path, ExtractionView.class);
    }

    static void await(Supplier<JobView> job) {
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> job.get().state().isFinished());
    }

    static void assertSucceeded(JobView job) {
        assertThat(job.state()).as(String.valueOf(job.error())).isEqualTo(JobState.SUCCEEDED);
    }
}
