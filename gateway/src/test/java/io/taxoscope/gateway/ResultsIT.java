package io.taxoscope.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.HydratorSupplier;
import blue.strategic.parquet.ParquetReader;
import io.taxoscope.api.JobState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/** What can be fetched from a finished experiment. */
class ResultsIT extends GatewayFixture {
    private static final int LAYERS = 3;
    private static final int LATENTS = 16;

    @LocalServerPort
    private int port;

    private String id = "";

    @BeforeEach
    void finishedExperiment() {
        id = submit(Documents.json()).id();
        awaitState(id, JobState.SUCCEEDED);
    }

    @Test
    void handsBoundsOnScoresOnAsTheyAre() {
        http.get()
                .uri(
                        "/api/v1/experiments/{id}/features?layer=blocks.0.resid_post&where={a}&where={b}",
                        id,
                        "AP>=0.3",
                        "LCH_HEIGHT<=4")
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(FAKES.taxonomy().conditions).containsExactly("AP>=0.3", "LCH_HEIGHT<=4");
    }

    @Test
    void pagesThroughFeaturesWithLinksToTheirImages() {
        FAKES.sae().topQuestions.set(0);
        http.get()
                .uri("/api/v1/experiments/{id}/features?layer=blocks.0.resid_post&limit=10", id)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(10)
                .jsonPath("$.nextCursor")
                .isEqualTo("10")
                .jsonPath("$.items[4].thumbnails[1]")
                .value(String.class, link -> {
                    assertThat(link).endsWith("/images/4/thumbnail");
                    assertThat(body(link)).startsWith(0xff, 0xd8, 4);
                });
        http.get()
                .uri("/api/v1/experiments/{id}/features?layer=blocks.0.resid_post&cursor=10", id)
                .exchange()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(6)
                .jsonPath("$.items[5].thumbnails")
                .isEmpty()
                .jsonPath("$.nextCursor")
                .doesNotExist();
        assertThat(FAKES.sae().topQuestions).hasValue(2);
    }

    @Test
    void showsALatentWithItsStrongestImages() {
        http.get()
                .uri("/api/v1/experiments/{id}/features/blocks.2.resid_post/5", id)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.scores.latent")
                .isEqualTo(5)
                .jsonPath("$.top[0].path")
                .isEqualTo("a/7.jpg")
                .jsonPath("$.classes[0].mass")
                .isEqualTo(8.5);
    }

    @Test
    void refusesALayerThatTheExperimentLacks() {
        http.get()
                .uri("/api/v1/experiments/{id}/features?layer=blocks.7.resid_post", id)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("LAYER_NOT_FOUND");
    }

    @Test
    void exportsEveryLatentAsCsv() {
        List<String> lines = text("csv").lines().toList();
        assertThat(lines).hasSize(1 + LAYERS * LATENTS);
        assertThat(lines.getFirst()).startsWith("layer,variant,step,latent,eligible,n_active,density");
        assertThat(lines.get(1))
                .startsWith(
                        "blocks.0.resid_post,TRAINED,,0,true,5,0.25,2.5,n02084071,\"dog, \"\"domestic\"\"\",1,2,,,,,n02084071");
        assertThat(lines.getLast())
                .startsWith("blocks.2.resid_post,TRAINED,,15,false,0")
                .endsWith(",,,,");
    }

    @Test
    void exportsEveryLatentAsNdjson() {
        var json = JsonMapper.shared();
        var rows = text("ndjson").lines().map(json::readTree).toList();
        assertThat(rows).hasSize(LAYERS * LATENTS);
        assertThat(rows.getFirst().get("lch_name").asString()).isEqualTo("dog, \"domestic\"");
        assertThat(rows.getFirst().get("best_f1").asDouble()).isEqualTo(1.0 / 3);
        assertThat(rows.getLast().has("lch_name")).isFalse();
    }

    @Test
    void exportsEveryLatentAsParquet(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("features.parquet");
        Files.write(file, body("/api/v1/experiments/" + id + "/export?format=parquet"));
        try (var rows = ParquetReader.streamContent(file.toFile(), HydratorSupplier.constantly(new Columns()))) {
            List<Map<String, Object>> all = rows.toList();
            assertThat(all).hasSize(LAYERS * LATENTS);
            assertThat(all.getFirst())
                    .containsEntry("layer", "blocks.0.resid_post")
                    .containsEntry("variant", "TRAINED")
                    .doesNotContainKey("step")
                    .containsEntry("latent", 0)
                    .containsEntry("n_active", 5L)
                    .containsEntry("best_f1", 1.0 / 3)
                    .containsEntry("eligible", true)
                    .doesNotContainKey("robust_lch_wnid");
        }
    }

    @Test
    void breaksAnExportOffWhenItCannotBeFinished() {
        FAKES.taxonomy().latents = 5000;
        FAKES.taxonomy().brokenFrom = 4000;
        var request = HttpRequest.newBuilder(
                        URI.create("http://localhost:%d/api/v1/experiments/%s/export?format=csv".formatted(port, id)))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        } finally {
            FAKES.taxonomy().latents = LATENTS;
            FAKES.taxonomy().brokenFrom = Integer.MAX_VALUE;
        }
    }

    @Test
    void saysHowToRescoreWhatAnUpgradeTookBack() {
        FAKES.taxonomy().areScoresTakenBack = true;
        for (String question : List.of("layers", "curve?layer=blocks.0.resid_post")) {
            http.get()
                    .uri("/api/v1/experiments/" + id + "/" + question)
                    .exchange()
                    .expectStatus()
                    .isEqualTo(409)
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("SCORES_GONE")
                    .jsonPath("$.detail")
                    .value(String.class, detail -> assertThat(detail)
                            .contains("SCORED_BEFORE_UPGRADE", "fewer scores", "POST /api/v1/scorings/", "/retry"))
                    .jsonPath("$.errors[1].field")
                    .value(String.class, field -> assertThat(field).startsWith("scorings/"));
        }
    }

    @Test
    void refusesToExportInAnUnknownFormat() {
        http.get()
                .uri("/api/v1/experiments/{id}/export?format=xls", id)
                .exchange()
                .expectStatus()
                .isEqualTo(422);
    }

    @Test
    void streamsEventsThatEndWithTheFinalState() {
        String events = new String(body("/api/v1/experiments/" + id + "/events"), StandardCharsets.UTF_8);
        assertThat(events).contains("event:experiment", "\"state\":\"SUCCEEDED\"");
        String last = events.lines()
                .filter(line -> line.startsWith("id:"))
                .reduce((a, b) -> b)
                .orElseThrow()
                .substring(3);
        byte[] again = http.get()
                .uri("/api/v1/experiments/{id}/events", id)
                .header("Last-Event-ID", last)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBodyContent();
        assertThat(new String(Objects.requireNonNullElse(again, new byte[0]), StandardCharsets.UTF_8))
                .doesNotContain("SUCCEEDED");
    }

    private String text(String format) {
        return new String(body("/api/v1/experiments/" + id + "/export?format=" + format), StandardCharsets.UTF_8);
    }

    private byte[] body(String path) {
        return Objects.requireNonNull(http.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBodyContent());
    }

    /** A row as a map of what is there. */
    private static final class Columns implements Hydrator<Map<String, Object>, Map<String, Object>> {
        @Override
        public Map<String, Object> start() {
            return new HashMap<>();
        }

        @Override
        public Map<String, Object> add(Map<String, Object> row, String column, Object value) {
            if (value != null) {
                row.put(column, value);
            }
            return row;
        }

        @Override
        public Map<String, Object> finish(Map<String, Object> row) {
            return row;
        }
    }
}
