package io.taxoscope.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.support.testing.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What the gateway passes on. */
class RoutesIT extends GatewayFixture {
    private static final long BIG = 300L << 20;

    @LocalServerPort
    private int port;

    @Test
    void passesABigUploadOnAsAStream() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri(port, "/api/v1/uploads"))
                .PUT(BodyPublishers.ofInputStream(() -> new Zeros(BIG)))
                .header("Content-Type", "application/octet-stream")
                .build());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"bytes\":" + BIG);
    }

    @Test
    void passesAServicesProblemOnUnchanged() throws Exception {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(uri(port, "/api/v1/models/none")).build());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("there is no model none");
    }

    @Test
    void answersAProblemWhenAServiceIsAway() throws Exception {
        var server = TestPostgres.server();
        try (var gateway = new SpringApplicationBuilder(GatewayApplication.class)
                .run(
                        "--spring.config.name=gateway",
                        "--server.port=0",
                        "--spring.datasource.url=" + server.freshUrl(),
                        "--spring.datasource.username=" + server.user(),
                        "--spring.datasource.password=" + server.password(),
                        // Port 9 (discard) of this host has no listener.
                        "--taxoscope.services.taxonomy=http://localhost:9")) {
            int itsPort = gateway.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            HttpResponse<String> answer = send(HttpRequest.newBuilder(uri(itsPort, "/api/v1/synsets/n02084071"))
                    .build());
            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(answer.body()).contains("UPSTREAM_UNREACHABLE", "taxonomy-service", "/api/v1/synsets/n02084071");
        }
    }

    private static URI uri(int port, String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }

    /** So many zeros. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long count) {
            left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int n = (int) Math.min(left, length);
            left -= n;
            return n;
        }
    }
}
