package io.taxoscope.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway's own part of the reference; standalone's tests see all of it. */
class ReferenceIT extends GatewayFixture {
    @Test
    void describesEveryExperimentOperationInTheContractsWords() {
        JsonNode document = JsonMapper.shared().readTree(text("/v3/api-docs"));
        JsonNode experiments = document.at("/paths/~1api~1v1~1experiments/post");
        assertThat(experiments.get("description").asString()).contains("Checks the whole document");
        assertThat(experiments.at("/requestBody/content").propertyNames())
                .containsExactlyInAnyOrder("application/json", "application/yaml");
        assertThat(document.at("/paths").propertyNames())
                .contains("/api/v1/experiments/{id}/events", "/api/v1/experiments/{id}/export");
        assertThat(document.at("/components/schemas/ExperimentSpec/properties/token/description")
                        .asString())
                .contains("which vector");
        assertThat(experiments.at("/responses/default/content").propertyNames())
                .containsExactly("application/problem+json");
    }

    @Test
    void saysWhichServicesAreMissing() {
        // The fakes have no documents of their own.
        assertThat(text("/v3/api-docs")).contains("Incomplete just now", "activation-service");
    }

    @Test
    void showsTheReferenceWithoutTheNetwork() {
        String page = text("/swagger-ui/index.html");
        assertThat(page).contains("swagger-ui-bundle.js").doesNotContain("https://");
        http.get().uri("/reference").exchange().expectStatus().is3xxRedirection();
    }

    private String text(String path) {
        return String.valueOf(http.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }
}
