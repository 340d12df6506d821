package io.taxoscope.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taxoscope.api.gateway.ExperimentApi;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** The four services in one JVM, as ./taxoscope up starts them. */
class RealServicesIT {
    private static final String NOWHERE = """
            {"name": "none", "model": {"id": "no-such-model"}, "dataset": {"id": "no-such-dataset"}}""";

    @TempDir
    Path folder;

    @Test
    void startTogetherAndReachEachOther() {
        try (Platform platform = Platform.start(PlatformHome.at(folder), 0, Services.all())) {
            assertThat(platform.addresses()).containsOnlyKeys("activation", "sae", "taxonomy", "gateway");
            platform.addresses().values().forEach(RealServicesIT::requireHealthy);

            RestClient gateway = RestClient.create(platform.address());
            ExperimentApi experiments = HttpServiceProxyFactory.builderFor(RestClientAdapter.create(gateway))
                    .build()
                    .createClient(ExperimentApi.class);
            assertThat(experiments.list(null, 10).items()).isEmpty();

            // The gateway can only say so after it has asked the activation service.
            assertThatThrownBy(() -> gateway.post()
                            .uri("/api/v1/experiments")
                            .contentType(MediaType.APPLICATION_JSON)
                            .body(NOWHERE)
                            .retrieve()
                            .toBodilessEntity())
                    .isInstanceOfSatisfying(
                            HttpClientErrorException.class,
                            refused -> assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT))
                    .hasMessageContaining("no-such-model")
                    .hasMessageContaining("no-such-dataset");
        }
    }

    private static void requireHealthy(String address) {
        String health = RestClient.create(address)
                .get()
                .uri("/actuator/health")
                .retrieve()
                .body(String.class);
        assertThat(health).contains("\"UP\"").doesNotContain("DOWN");
    }
}
