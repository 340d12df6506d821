package io.taxoscope.support.greeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import io.taxoscope.support.testing.PostgresForTests;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

@SpringBootTest(classes = GreetingService.class, webEnvironment = RANDOM_PORT)
@AutoConfigureRestTestClient
@Import(PostgresForTests.class)
class ProblemsIT {
    @Autowired
    private RestTestClient http;

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET    | /greetings/7         |                    | 404 | NOBODY_HOME
                    GET    | /greetings/x         |                    | 400 | UNREADABLE_VALUE
                    GET    | /greetings/7?limit=0 |                    | 422 | VALIDATION_FAILED
                    GET    | /nowhere             |                    | 404 | NOT_FOUND
                    DELETE | /greetings/7         |                    | 405 | METHOD_NOT_ALLOWED
                    POST   | /greetings           | {"name":           | 400 | MALFORMED_BODY
                    POST   | /greetings           | []                 | 400 | MALFORMED_BODY
                    POST   | /greetings           |                    | 400 | MALFORMED_BODY
                    GET    | /unreachable         |                    | 502 | UPSTREAM_UNREACHABLE
                    GET    | /broken              |                    | 500 | INTERNAL_ERROR
                    """)
    void answersEveryFailureAsAProblem(String method, String path, String body, int status, String code) {
        var problem = problem(method, path, body, status);
        assertThat(problem).containsEntry("code", code).containsEntry("status", status);
        assertThat(problem)
                .containsEntry("instance", path.replaceAll("\\?.*", ""))
                .containsEntry(
                        "type",
                        "urn:problem:" + code.toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        assertThat(String.valueOf(problem.get("detail"))).isNotBlank().doesNotContain("secret");
        assertThat(String.valueOf(problem.get("title"))).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"name": "", "gifts": [{"price": 1}, {"price": -1}]} | 422 | gifts[1].price, name
                    {"name": "a", "colour": "red"}                       | 400 | colour
                    {"name": "a", "gifts": [{"price": 1, "weight": 2}]}  | 400 | gifts[0].weight
                    {"name": "a", "tone": "LOUD"}                        | 400 | tone
                    {"name": "a", "gifts": [{"price": "much"}]}          | 400 | gifts[0].price
                    """)
    void namesTheFieldsAtFault(String body, int status, String fields) {
        var problem = problem("POST", "/greetings", body, status);
        List<?> errors = (List<?>) problem.getOrDefault("errors", List.of());
        assertThat(errors.stream()
                        .map(error -> ((Map<?, ?>) error).get("field"))
                        .sorted())
                .map(String::valueOf)
                .containsExactly(fields.split(", "));
    }

    @Test
    void refusesABodyOfAnotherType() {
        http.post()
                .uri("/greetings")
                .contentType(MediaType.TEXT_PLAIN)
                .body("hello")
                .exchange()
                .expectStatus()
                .isEqualTo(415)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void answersAProblemToAnAddressThatIsNoUri() throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write("GET /greetings/{x} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "\"code\":\"BAD_REQUEST\"");
        }
    }

    @Test
    void answersAProblemToWhoAskedForAnImage() {
        http.get()
                .uri("/greetings/7")
                .accept(MediaType.IMAGE_JPEG)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    private Map<String, Object> problem(String method, String path, String body, int status) {
        var request = http.method(HttpMethod.valueOf(method)).uri(path);
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(body);
        }
        Map<String, Object> problem = request.exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                .returnResult()
                .getResponseBody();
        return problem == null ? Map.of() : problem;
    }
}
