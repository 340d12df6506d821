package io.taxoscope.gateway.experiments;

import io.taxoscope.support.problems.UpstreamProblem;
import java.util.List;
import java.util.Map;
import org.springframework.http.ProblemDetail;
import org.springframework.web.client.RestClientResponseException;

/** Why a service refused a request, in its own words. */
record Refusal(String code, String detail, List<Map<?, ?>> errors) {

    static Refusal of(RestClientResponseException failure) {
        ProblemDetail problem = UpstreamProblem.read(failure);
        if (problem == null) {
            return new Refusal("UPSTREAM_FAILED", String.valueOf(failure.getMessage()), List.of());
        }
        Map<String, Object> properties = problem.getProperties() == null ? Map.of() : problem.getProperties();
        List<Map<?, ?>> errors = properties.get("errors") instanceof List<?> list
                ? list.stream().<Map<?, ?>>map(error -> (Map<?, ?>) error).toList()
                : List.of();
        return new Refusal(
                String.valueOf(properties.getOrDefault("code", "UPSTREAM_FAILED")),
                String.valueOf(problem.getDetail()),
                errors);
    }

    /** The service's fields, as fields below the document's {@code field}. */
    void addTo(Findings findings, String field) {
        if (errors.isEmpty()) {
            findings.add(field, detail);
        }
        for (Map<?, ?> error : errors) {
            findings.add(field + "." + error.get("field"), String.valueOf(error.get("message")));
        }
    }
}
