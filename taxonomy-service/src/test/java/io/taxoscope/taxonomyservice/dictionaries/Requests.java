package io.taxoscope.taxonomyservice.dictionaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taxoscope.api.JobState;
import io.taxoscope.api.taxonomy.CreateScoring;
import io.taxoscope.api.taxonomy.ScoringConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** What tests ask the service. */
public record Requests(RestTestClient http) {
    private static final ParameterizedTypeReference<Map<String, Object>> OBJECT = new ParameterizedTypeReference<>() {};

    /** The id of a finished scoring. */
    public String scored(TestDictionary dictionary) {
        var config = new ScoringConfig(10, .9, 50, 1, 50, 3);
        var request = new CreateScoring(dictionary.codes(), dictionary.dataset(), TestDictionary.LABELS, config, null);
        return finished("/api/v1/scorings", request);
    }

    /** Submits and waits for success; the id. */
    public String finished(String path, Object request) {
        var id = String.valueOf(post(path, request, 202).get("id"));
        await().atMost(Duration.ofMinutes(3)).until(() -> state(path, id).isFinished());
        assertThat(state(path, id)).as("%s", get(path + "/" + id, 200)).isEqualTo(JobState.SUCCEEDED);
        return id;
    }

    public Map<String, Object> post(String path, Object request, int status) {
        return Objects.requireNonNull(http.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(request)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(OBJECT)
                .returnResult()
                .getResponseBody());
    }

    public Map<String, Object> get(String path, int status) {
        return Objects.requireNonNull(http.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(OBJECT)
                .returnResult()
                .getResponseBody());
    }

    public <T> T get(String path, ParameterizedTypeReference<T> type) {
        return Objects.requireNonNull(http.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(type)
                .returnResult()
                .getResponseBody());
    }

    public <T> T get(String path, Class<T> type) {
        return get(path, ParameterizedTypeReference.forType(type));
    }

    private JobState state(String path, String id) {
        var job = (Map<?, ?>) Objects.requireNonNull(get(path + "/" + id, 200).get("job"));
        return JobState.valueOf(String.valueOf(job.get("state")));
    }
}
