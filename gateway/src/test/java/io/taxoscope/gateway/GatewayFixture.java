package io.taxoscope.gateway;

import static org.awaitility.Awaitility.await;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import io.taxoscope.api.JobState;
import io.taxoscope.api.Page;
import io.taxoscope.api.gateway.ExperimentView;
import io.taxoscope.gatewayfakes.FakeServices;
import io.taxoscope.support.testing.PostgresForTests;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/** A gateway on a real database, before services that keep the contracts in memory; all tests share it. */
@SpringBootTest(webEnvironment = RANDOM_PORT, properties = "spring.config.name=gateway")
@AutoConfigureRestTestClient
@Import(PostgresForTests.class)
abstract class GatewayFixture {
    static final FakeServices.Running FAKES = FakeServices.start();

    @Autowired
    RestTestClient http;

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry properties) {
        properties.add("server.port", () -> 0);
        properties.add("taxoscope.services.activation", FAKES::url);
        properties.add("taxoscope.services.sae", FAKES::url);
        properties.add("taxoscope.services.taxonomy", FAKES::url);
    }

    /** Lets no experiment run on into the next test. */
    @AfterEach
    void finishAll() {
        FAKES.sae().saeJobs.held = false;
        await().atMost(Duration.ofSeconds(60)).until(() -> states().allMatch(JobState::isFinished));
    }

    private Stream<JobState> states() {
        var page = http.get()
                .uri("/api/v1/experiments?limit=100")
                .exchange()
                .expectBody(new ParameterizedTypeReference<Page<ExperimentView>>() {})
                .returnResult()
                .getResponseBody();
        return Objects.requireNonNull(page).items().stream().map(ExperimentView::state);
    }

    @BeforeEach
    void clearFakes() {
        FAKES.activation().datasetJobs.clear();
        FAKES.activation().extractionJobs.clear();
        FAKES.activation().labels = List.of("n02084071", "n02121808");
        FAKES.sae().saeJobs.clear();
        FAKES.sae().encodingJobs.clear();
        FAKES.taxonomy().scoringJobs.clear();
        FAKES.taxonomy().areScoresTakenBack = false;
        FAKES.analyses().relationJobs.clear();
        FAKES.analyses().comparisonJobs.clear();
    }

    ExperimentView submit(String document) {
        return submit(document, UUID.randomUUID().toString());
    }

    ExperimentView submit(String document, String key) {
        return Objects.requireNonNull(http.post()
                .uri("/api/v1/experiments")
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .body(document)
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectHeader()
                .exists("Location")
                .expectBody(ExperimentView.class)
                .returnResult()
                .getResponseBody());
    }

    void post(String path) {
        http.post().uri(path).exchange().expectStatus().is2xxSuccessful();
    }

    ExperimentView awaitState(String id, JobState state) {
        await().atMost(Duration.ofSeconds(40)).until(() -> find(id).state() == state);
        return find(id);
    }

    ExperimentView find(String id) {
        return Objects.requireNonNull(http.get()
                .uri("/api/v1/experiments/{id}", id)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(ExperimentView.class)
                .returnResult()
                .getResponseBody());
    }
}
