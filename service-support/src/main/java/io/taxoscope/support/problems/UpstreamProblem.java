package io.taxoscope.support.problems;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/** The problem that another of our services answered. */
public final class UpstreamProblem {
    private UpstreamProblem() {}

    /** Null when the answer was no problem+json. */
    public static @Nullable ProblemDetail read(RestClientResponseException failure) {
        var headers = failure.getResponseHeaders();
        MediaType type = headers == null ? null : headers.getContentType();
        if (!MediaType.APPLICATION_PROBLEM_JSON.isCompatibleWith(type)) {
            return null;
        }
        try {
            return failure.getResponseBodyAs(ProblemDetail.class);
        } catch (RestClientException unreadable) {
            return null;
        }
    }
}
