package io.taxoscope.standalone.cli;

import io.taxoscope.api.gateway.ExperimentApi;
import io.taxoscope.api.gateway.ExperimentView;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** A platform's gateway, called through its contract. */
record Gateway(String address, RestClient client, ExperimentApi experiments) {
    static Gateway at(String address) {
        var requests = new JdkClientHttpRequestFactory();
        requests.setReadTimeout(Duration.ofSeconds(60));
        RestClient client =
                RestClient.builder().baseUrl(address).requestFactory(requests).build();
        ExperimentApi experiments = HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .build()
                .createClient(ExperimentApi.class);
        return new Gateway(address, client, experiments);
    }

    /** Sends the document as it is, so that the gateway names whatever is wrong with it. */
    ExperimentView submit(Map<String, Object> document) {
        ExperimentView view = client.post()
                .uri("/api/v1/experiments")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(MediaType.APPLICATION_JSON)
                .body(document)
                .retrieve()
                .body(ExperimentView.class);
        return Objects.requireNonNull(view, "the gateway answers with the experiment");
    }
}
