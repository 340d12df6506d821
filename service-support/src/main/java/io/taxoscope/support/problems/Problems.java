package io.taxoscope.support.problems;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/**
 * Every failure as a problem. What cannot be read is 400; what can be read and breaks a rule is 422 and names every
 * field at fault.
 */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    @ExceptionHandler
    ResponseEntity<Object> told(TaxoscopeException failure) {
        var problem = ProblemDetails.of(failure);
        if (problem.getStatus() >= 500) {
            LOG.error("{}", failure.getMessage(), failure);
        }
        return answer(problem);
    }

    @ExceptionHandler
    ResponseEntity<Object> unreachable(ResourceAccessException failure) {
        LOG.warn("{}", failure.getMessage());
        return answer(ProblemDetails.of(
                HttpStatus.BAD_GATEWAY,
                ProblemCode.UPSTREAM_UNREACHABLE.name(),
                "a service behind this one does not answer (%s); try again in a moment".formatted(failure.getMessage()),
                List.of()));
    }

    /** What a service behind this one refused is refused here in its own words; its breakdowns are a 502. */
    @ExceptionHandler
    ResponseEntity<Object> refused(RestClientResponseException failure) {
        ProblemDetail upstream = UpstreamProblem.read(failure);
        if (upstream != null && failure.getStatusCode().is4xxClientError()) {
            // What was asked for here has another address; it is filled in with the answer.
            upstream.setInstance(null);
            return answer(upstream);
        }
        LOG.error("{}", failure.getMessage(), failure);
        return answer(upstreamFailed(upstream == null ? failure.getMessage() : upstream.getDetail()));
    }

    @ExceptionHandler
    ResponseEntity<Object> unreadableAnswer(RestClientException failure) {
        LOG.error("{}", failure.getMessage(), failure);
        return answer(upstreamFailed(failure.getMessage()));
    }

    private static ProblemDetail upstreamFailed(@Nullable String detail) {
        return ProblemDetails.of(
                HttpStatus.BAD_GATEWAY,
                ProblemCode.UPSTREAM_FAILED.name(),
                "a service behind this one failed: %s".formatted(detail),
                List.of());
    }

    @ExceptionHandler
    ResponseEntity<Object> argument(MethodArgumentTypeMismatchException failure) {
        var type = ResolvableType.forMethodParameter(failure.getParameter());
        // Of a list it is an element that did not fit.
        var element = type.asCollection().getGeneric(0).resolve();
        return unfit(failure.getName(), failure, element == null ? failure.getRequiredType() : element);
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(Exception failure) {
        LOG.error("unexpected failure", failure);
        return answer(ProblemDetails.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                ProblemCode.INTERNAL_ERROR.name(),
                "an unexpected failure (%s); its details are in this service's log"
                        .formatted(failure.getClass().getSimpleName()),
                List.of()));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException jackson) {
                return answer(UnreadableBody.problem(jackson));
            }
        }
        return answer(ProblemDetails.of(
                HttpStatus.BAD_REQUEST,
                ProblemCode.MALFORMED_BODY.name(),
                "the body is missing or cannot be read; send what /v3/api-docs describes for this address",
                List.of()));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(failure.getAllErrors().stream().map(error -> fieldError("", error)));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(failure.getParameterValidationResults().stream().flatMap(Problems::fieldErrors));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = failure.getPropertyName();
        return unfit(name == null ? "parameter" : name, failure, failure.getRequiredType());
    }

    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String detail = body instanceof ProblemDetail spring ? spring.getDetail() : null;
        var problem = ProblemDetails.of(status, codeOf(status), detail == null ? codeOf(status) : detail, List.of());
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    /** The framework's own refusals, such as 404 or 405, are called by their status. */
    static String codeOf(HttpStatusCode status) {
        HttpStatus known = HttpStatus.resolve(status.value());
        return known == null ? "STATUS_" + status.value() : known.name();
    }

    private static ResponseEntity<Object> unfit(String name, TypeMismatchException failure, @Nullable Class<?> type) {
        String message = "is %s; send %s".formatted(failure.getValue(), wanted(type));
        return answer(ProblemDetails.of(
                HttpStatus.BAD_REQUEST,
                ProblemCode.UNREADABLE_VALUE.name(),
                "%s %s".formatted(name, message),
                List.of(new FieldError(name, message))));
    }

    private static String wanted(@Nullable Class<?> type) {
        if (type == null) {
            return "another value";
        }
        return type.isEnum() ? "one of " + List.of(type.getEnumConstants()) : "a value of type " + type.getSimpleName();
    }

    private static ResponseEntity<Object> invalid(Stream<FieldError> wrong) {
        List<FieldError> errors = wrong.toList();
        String detail = errors.stream()
                .map(error -> error.field() + " " + error.message())
                .collect(Collectors.joining("; ", "correct these and send the request again: ", ""));
        return answer(ProblemDetails.of(
                HttpStatus.UNPROCESSABLE_CONTENT, ProblemCode.VALIDATION_FAILED.name(), detail, errors));
    }

    private static Stream<FieldError> fieldErrors(ParameterValidationResult result) {
        String parameter = String.valueOf(result.getMethodParameter().getParameterName());
        return result instanceof ParameterErrors body
                ? body.getAllErrors().stream().map(error -> fieldError("", error))
                : result.getResolvableErrors().stream()
                        .map(error -> new FieldError(parameter, String.valueOf(error.getDefaultMessage())));
    }

    private static FieldError fieldError(String fallback, ObjectError error) {
        String field = error instanceof org.springframework.validation.FieldError at ? at.getField() : fallback;
        return new FieldError(field.isEmpty() ? "(body)" : field, String.valueOf(error.getDefaultMessage()));
    }

    private static ResponseEntity<Object> answer(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
