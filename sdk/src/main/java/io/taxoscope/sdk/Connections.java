package io.taxoscope.sdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** HTTP clients that turn every refusal into a {@link ProblemException}. */
final class Connections {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofMinutes(2);

    private Connections() {}

    static RestClient forRequests(URI address) {
        return client(address, ANSWER);
    }

    /** For files: how long those take is nobody's guess. */
    static RestClient forTransfers(URI address) {
        return client(address, null);
    }

    private static RestClient client(URI address, @Nullable Duration answer) {
        // HTTP/1.1, because the JDK's client would first offer an upgrade that servers refuse together with large
        // bodies.
        var factory = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build());
        if (answer != null) {
            factory.setReadTimeout(answer);
        }
        return RestClient.builder()
                .baseUrl(address)
                .requestFactory(factory)
                .defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {
                    throw ProblemException.read(response);
                })
                .build();
    }
}
