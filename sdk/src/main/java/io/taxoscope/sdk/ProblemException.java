package io.taxoscope.sdk;

import java.io.IOException;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the platform refused, in its own words. Branch on {@link #code()}, show the message to a person. */
public final class ProblemException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final int status;
    private final String code;
    private final transient List<FieldError> errors;

    private ProblemException(int status, String code, String message, List<FieldError> errors) {
        super(message);
        this.status = status;
        this.code = code;
        this.errors = List.copyOf(errors);
    }

    /** Reads an answer of 400 or above; one that is no problem+json keeps its status. */
    static ProblemException read(ClientHttpResponse response) throws IOException {
        int status = response.getStatusCode().value();
        byte[] body = response.getBody().readAllBytes();
        Problem problem = parse(body);
        return new ProblemException(
                status,
                problem.code == null ? "STATUS_" + status : problem.code,
                problem.detail == null ? "the platform answered " + status : problem.detail,
                problem.errors == null ? List.of() : problem.errors);
    }

    private static Problem parse(byte[] body) {
        try {
            return body.length == 0 ? Problem.NONE : JSON.readValue(body, Problem.class);
        } catch (JacksonException notJson) {
            return Problem.NONE;
        }
    }

    /** HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** Stable name, such as {@code EXPERIMENT_NOT_FOUND}. */
    public String code() {
        return code;
    }

    /** The fields at fault; empty when no single field is. */
    public List<FieldError> errors() {
        return errors;
    }

    /** One wrong field, named by its path in the request, such as {@code sae.k}. */
    public record FieldError(String field, String message) {}

    private record Problem(
            @Nullable String code,
            @Nullable String detail,
            @Nullable List<FieldError> errors) {
        static final Problem NONE = new Problem(null, null, null);
    }
}
