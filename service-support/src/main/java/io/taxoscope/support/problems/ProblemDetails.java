package io.taxoscope.support.problems;

import io.taxoscope.common.ErrorKind;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Builds problems that all have the same members (RFC 9457, and {@code code} and {@code errors} of ours). */
public final class ProblemDetails {
    private ProblemDetails() {}

    public static ProblemDetail of(TaxoscopeException failure) {
        return of(
                status(failure.code().kind()),
                failure.code().name(),
                String.valueOf(failure.getMessage()),
                failure.errors());
    }

    public static ProblemDetail of(HttpStatusCode status, String code, String detail, List<FieldError> errors) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(
                URI.create("urn:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-')));
        HttpStatus known = HttpStatus.resolve(status.value());
        problem.setTitle(known == null ? "Status " + status.value() : known.getReasonPhrase());
        problem.setProperty("code", code);
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
        return problem;
    }

    public static HttpStatus status(ErrorKind kind) {
        return switch (kind) {
            case INVALID -> HttpStatus.UNPROCESSABLE_CONTENT;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case OVERLOADED -> HttpStatus.SERVICE_UNAVAILABLE;
            case UNAVAILABLE -> HttpStatus.BAD_GATEWAY;
            case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }
}
