package io.taxoscope.standalone.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/** A refusal of the gateway as lines for a person: what is wrong, then every wrong field. */
final class ProblemText {
    private ProblemText() {}

    static String of(RestClientResponseException refused) {
        ProblemDetail problem = problem(refused);
        if (problem == null || problem.getDetail() == null) {
            return refused.getStatusCode() + " " + refused.getResponseBodyAsString();
        }
        var text = new StringBuilder(problem.getDetail());
        Map<String, Object> properties = problem.getProperties();
        if (properties != null && properties.get("errors") instanceof List<?> errors) {
            for (Object error : errors) {
                if (error instanceof Map<?, ?> pair) {
                    text.append("\n  ").append(pair.get("field")).append(": ").append(pair.get("message"));
                }
            }
        }
        return text.toString();
    }

    private static @Nullable ProblemDetail problem(RestClientResponseException refused) {
        try {
            return refused.getResponseBodyAs(ProblemDetail.class);
        } catch (RestClientException | IllegalStateException noProblem) {
            return null;
        }
    }
}
