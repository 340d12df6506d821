package io.taxoscope.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taxoscope.common.LocalPorts;
import io.taxoscope.gatewayfakes.FakeServices;
import io.taxoscope.support.testing.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway as a process of its own, killed where it hurts. */
class KilledGatewayIT {
    private final TestPostgres server = TestPostgres.server();
    private final String database = server.freshUrl();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void continuesAnExperimentAndSubmitsNothingTwice() throws Exception {
        try (var fakes = FakeServices.start()) {
            int port = LocalPorts.free();
            fakes.activation().extractionJobs.held = true;
            Process first = startGateway(port, fakes.url());
            String path = "/api/v1/experiments/" + submit(port);
            awaitCalls(first, () -> fakes.activation().extractionJobs.calls());
            kill(first);

            fakes.activation().extractionJobs.held = false;
            fakes.sae().saeJobs.held = true;
            Process second = startGateway(port, fakes.url());
            awaitCalls(second, () -> fakes.sae().saeJobs.calls());
            kill(second);

            fakes.sae().saeJobs.held = false;
            Process third = startGateway(port, fakes.url());
            await().atMost(Duration.ofMinutes(2))
                    .ignoreExceptions()
                    .until(() -> get(port, path).get("state").asString().equals("SUCCEEDED"));
            assertThat(get(port, path).get("progress").asDouble()).isEqualTo(1);
            kill(third);

            assertThat(submissions(fakes.activation().extractionJobs.calls())).hasSize(1);
            assertThat(submissions(fakes.sae().saeJobs.calls())).hasSize(12);
            assertThat(submissions(fakes.sae().encodingJobs.calls())).hasSize(12);
            assertThat(submissions(fakes.taxonomy().scoringJobs.calls())).hasSize(12);
        }
    }

    private static Stream<String> submissions(List<String> calls) {
        return calls.stream().filter(call -> call.startsWith("submit"));
    }

    private void awaitCalls(Process gateway, Supplier<List<String>> calls) {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !gateway.isAlive() || !calls.get().isEmpty());
        assertThat(gateway.isAlive()).as(this::log).isTrue();
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("gateway.log"));
        } catch (IOException failure) {
            return failure.toString();
        }
    }

    private Process startGateway(int port, String services) throws IOException {
        var command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                GatewayApplication.class.getName(),
                "--server.port=" + port,
                "--taxoscope.jobs.heartbeat=1s",
                "--taxoscope.services.activation=" + services,
                "--taxoscope.services.sae=" + services,
                "--taxoscope.services.taxonomy=" + services);
        command.environment().put("TAXOSCOPE_DB_URL", database);
        command.environment().put("TAXOSCOPE_DB_USER", server.user());
        command.environment().put("TAXOSCOPE_DB_PASSWORD", server.password());
        return command.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("gateway.log").toFile()))
                .start();
    }

    private String submit(int port) {
        HttpRequest request = HttpRequest.newBuilder(uri(port, "/api/v1/experiments"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "once")
                .POST(BodyPublishers.ofString(Documents.json()))
                .build();
        return await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> http.send(request, BodyHandlers.ofString()), answer -> answer.statusCode() == 202)
                .body()
                .transform(body -> JsonMapper.shared().readTree(body).get("id").asString());
    }

    private JsonNode get(int port, String path) throws Exception {
        var answer = http.send(HttpRequest.newBuilder(uri(port, path)).build(), BodyHandlers.ofString());
        return JsonMapper.shared().readTree(answer.body());
    }

    private static URI uri(int port, String path) {
        return URI.create("http://localhost:" + port + path);
    }
}
