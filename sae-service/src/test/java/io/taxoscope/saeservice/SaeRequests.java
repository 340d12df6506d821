package io.taxoscope.saeservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taxoscope.api.JobState;
import io.taxoscope.api.sae.CreateEncoding;
import io.taxoscope.api.sae.CreateSae;
import io.taxoscope.api.sae.EncodingView;
import io.taxoscope.api.sae.SaeView;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/** Requests to the service under test; each fails when the answer has another status than the one that is due. */
record SaeRequests(RestTestClient client) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Trains to the end. */
    SaeView trained(CreateSae request) {
        String uri = "/api/v1/saes/"
                + post("/api/v1/saes", request, HttpStatus.ACCEPTED, SaeView.class)
                        .id();
        await().atMost(PATIENCE)
                .until(() -> get(uri, SaeView.class).job().state().isFinished());
        SaeView sae = get(uri, SaeView.class);
        assertThat(sae.job().state()).as("%s", sae.job().error()).isEqualTo(JobState.SUCCEEDED);
        return sae;
    }

    /** Encodes to the end. */
    EncodingView encoded(CreateEncoding request) {
        String uri = "/api/v1/encodings/"
                + post("/api/v1/encodings", request, HttpStatus.ACCEPTED, EncodingView.class)
                        .id();
        await().atMost(PATIENCE)
                .until(() -> get(uri, EncodingView.class).job().state().isFinished());
        EncodingView encoding = get(uri, EncodingView.class);
        assertThat(encoding.job().state()).as("%s", encoding.job().error()).isEqualTo(JobState.SUCCEEDED);
        return encoding;
    }

    /** The fields that a refusal names, in its order. */
    List<String> fieldsOf(String uri, Object body) {
        return post(uri, body, HttpStatus.UNPROCESSABLE_CONTENT, JsonNode.class)
                .get("errors")
                .valueStream()
                .map(error -> error.get("field").asString())
                .toList();
    }

    <T> T post(String uri, Object body, HttpStatus status, Class<T> type) {
        return Objects.requireNonNull(client.post()
                .uri(uri)
                .body(body)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(type)
                .returnResult()
                .getResponseBody());
    }

    <T> T get(String uri, Class<T> type) {
        return Objects.requireNonNull(client.get()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(type)
                .returnResult()
                .getResponseBody());
    }
}
