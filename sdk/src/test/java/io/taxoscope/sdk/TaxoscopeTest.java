package io.taxoscope.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.taxoscope.api.JobState;
import io.taxoscope.api.gateway.Variant;
import io.taxoscope.api.taxonomy.FeatureSort;
import io.taxoscope.api.taxonomy.ScoreName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the client sends and how it reads answers, over real HTTP; the real gateway answers it in standalone's tests. */
class TaxoscopeTest {
    private final List<String> requests = new ArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private HttpServer server;
    private Taxoscope taxoscope;

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var type = exchange.getRequestHeaders().getFirst("Content-Type");
            requests.add("%s %s %s %s".formatted(exchange.getRequestMethod(), exchange.getRequestURI(), type, body));
            Answer answer = answers.remove();
            byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type);
            exchange.sendResponseHeaders(answer.status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        taxoscope = Taxoscope.connect("http://localhost:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void surfacesAProblemWithItsCodeAndEveryWrongField() throws IOException {
        Path document = Files.writeString(folder.resolve("experiment.yaml"), "name: ''\n");
        answers.add(new Answer(422, "application/problem+json", """
                {"type":"urn:problem:validation-failed","status":422,"detail":"correct these","code":"VALIDATION_FAILED",
                 "errors":[{"field":"name","message":"must not be blank"},{"field":"sae.k","message":"must be positive"}]}
                """));

        var problem = catchThrowableOfType(ProblemException.class, () -> taxoscope.submit(document));

        assertThat(problem).hasMessage("correct these");
        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.code()).isEqualTo("VALIDATION_FAILED");
        assertThat(problem.errors())
                .containsExactly(
                        new ProblemException.FieldError("name", "must not be blank"),
                        new ProblemException.FieldError("sae.k", "must be positive"));
        assertThat(requests).containsExactly("POST /api/v1/experiments application/yaml name: ''\n");
    }

    @Test
    void keepsTheStatusOfAnAnswerThatIsNoProblem() {
        answers.add(new Answer(503, "text/html", "<h1>starting</h1>"));

        var problem = catchThrowableOfType(
                ProblemException.class, () -> taxoscope.experiments().find("e1"));

        assertThat(problem.code()).isEqualTo("STATUS_503");
    }

    @Test
    void waitsThroughARestartAndReportsEachChangeOnce() throws InterruptedException {
        answers.add(json(experiment("RUNNING", 1)));
        answers.add(json(experiment("RUNNING", 1)));
        answers.add(new Answer(502, "application/problem+json", "{\"code\":\"UPSTREAM_UNREACHABLE\"}"));
        answers.add(json(experiment("SUCCEEDED", 2)));
        var seen = new ArrayList<Long>();

        var finished = taxoscope.awaitFinished("e1", view -> seen.add(view.version()));

        assertThat(finished.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(seen).containsExactly(1L, 2L);
        assertThat(requests).hasSize(4);
    }

    @Test
    void stopsWaitingForAnExperimentThatDoesNotExist() {
        answers.add(new Answer(404, "application/problem+json", "{\"code\":\"EXPERIMENT_NOT_FOUND\"}"));

        assertThatThrownBy(() -> taxoscope.awaitFinished("e1", view -> {}))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo("EXPERIMENT_NOT_FOUND"));
    }

    @Test
    void followsCursorsUntilTheLastPage() {
        answers.add(json("{\"items\":[%s,%s],\"nextCursor\":\"next\"}".formatted(feature(4), feature(9))));
        answers.add(json("{\"items\":[%s],\"nextCursor\":null}".formatted(feature(11))));

        var latents = taxoscope
                .features("e1", "blocks.3.resid_post")
                .of(Variant.UNTRAINED)
                .sortedBy(FeatureSort.LCH_HEIGHT)
                .below("n02084071")
                .withF1(0.5)
                .atMost(ScoreName.Q_VALUE, 0.05)
                .stream()
                .map(feature -> feature.scores().latent())
                .toList();

        assertThat(latents).containsExactly(4, 9, 11);
        assertThat(requests.getLast())
                .contains("/api/v1/experiments/e1/features?")
                .contains("layer=blocks.3.resid_post")
                .contains("variant=UNTRAINED")
                .contains("sort=LCH_HEIGHT")
                .contains("synset=n02084071")
                .contains("minF1=0.5")
                .contains("where=Q_VALUE%3C%3D0.05")
                .contains("cursor=next");
    }

    @Test
    void uploadsTheBytesOfAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("model.onnx"), "weights");
        answers.add(json("{\"sha256\":\"ab\",\"bytes\":7}"));

        assertThat(taxoscope.upload(file).sha256()).isEqualTo("ab");
        assertThat(requests).containsExactly("PUT /api/v1/uploads application/octet-stream weights");
    }

    @Test
    void writesNoFileForARefusedExport() {
        answers.add(new Answer(422, "application/problem+json", "{\"code\":\"UNREADABLE_VALUE\"}"));
        Path target = folder.resolve("features.xlsx");

        assertThatThrownBy(() -> taxoscope.export("e1", "xlsx", target)).isInstanceOf(ProblemException.class);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusesAnAddressWithoutAHost() {
        assertThatThrownBy(() -> Taxoscope.connect("localhost:8080"))
                .hasMessageContaining("localhost:8080")
                .hasMessageContaining("http://");
    }

    private record Answer(int status, String type, String body) {}

    private static Answer json(String body) {
        return new Answer(200, "application/json", body);
    }

    private static String experiment(String state, int version) {
        return """
                {"id":"e1","name":"demo","state":"%s","spec":{"name":"demo","model":{"id":"m"},"dataset":{"id":"d"}},
                 "progress":0.5,"etaSeconds":null,"stages":[],"createdAt":"2026-11-22T12:00:00Z","version":%d}
                """.formatted(state, version);
    }

    private static String feature(int latent) {
        return """
                {"layer":"blocks.3.resid_post","variant":"UNTRAINED","thumbnails":[],
                 "scores":{"latent":%d,"eligible":false,"nActive":3,"density":0.1,"maxActivation":1.5}}
                """.formatted(latent);
    }
}
