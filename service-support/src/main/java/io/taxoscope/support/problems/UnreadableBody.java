package io.taxoscope.support.problems;

import io.taxoscope.common.TaxoscopeException.FieldError;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with a body that Jackson could not read, and where. */
public final class UnreadableBody {
    private UnreadableBody() {}

    public static ProblemDetail problem(JacksonException failure) {
        return switch (failure) {
            case StreamReadException syntax ->
                badRequest(
                        ProblemCode.MALFORMED_BODY,
                        "the body cannot be parsed at %s: %s".formatted(place(syntax), syntax.getOriginalMessage()));
            case UnrecognizedPropertyException unknown ->
                badRequest(
                        ProblemCode.UNKNOWN_FIELD,
                        path(unknown),
                        "is no field here; known are " + unknown.getKnownPropertyIds());
            case InvalidFormatException unfit -> badRequest(ProblemCode.UNREADABLE_VALUE, path(unfit), reason(unfit));
            default -> badRequest(ProblemCode.MALFORMED_BODY, path(failure), failure.getOriginalMessage());
        };
    }

    private static ProblemDetail badRequest(ProblemCode code, String detail) {
        return ProblemDetails.of(HttpStatus.BAD_REQUEST, code.name(), detail, List.of());
    }

    private static ProblemDetail badRequest(ProblemCode code, String field, String message) {
        return ProblemDetails.of(
                HttpStatus.BAD_REQUEST,
                code.name(),
                "the body was not accepted: %s %s".formatted(field, message),
                List.of(new FieldError(field, message)));
    }

    private static String reason(InvalidFormatException unfit) {
        Class<?> type = unfit.getTargetType();
        String wanted = type.isEnum()
                ? "one of " + Arrays.toString(type.getEnumConstants())
                : "a value of type " + type.getSimpleName();
        return "is %s; send %s".formatted(unfit.getValue(), wanted);
    }

    private static String place(JacksonException failure) {
        var location = failure.getLocation();
        return "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    /** The path as users write it: {@code sae.k}, {@code taps[2]}. */
    private static String path(JacksonException failure) {
        String path = failure.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining());
        return path.startsWith(".") ? path.substring(1) : path.isEmpty() ? "(body)" : path;
    }
}
