package io.taxoscope.common;

import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one exception that carries a failure to a user: a code, a sentence that says what to do, and the fields at fault. */
public final class TaxoscopeException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient ErrorCode code;
    private final transient List<FieldError> errors;

    public TaxoscopeException(ErrorCode code, String message) {
        this(code, message, List.of(), null);
    }

    public TaxoscopeException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, List.of(), cause);
    }

    public TaxoscopeException(ErrorCode code, String message, List<FieldError> errors) {
        this(code, message, errors, null);
    }

    private TaxoscopeException(ErrorCode code, String message, List<FieldError> errors, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.errors = List.copyOf(errors);
    }

    public ErrorCode code() {
        return code;
    }

    /** The fields at fault, in the order in which they were checked; empty when no single field is. */
    public List<FieldError> errors() {
        return errors;
    }

    /** One wrong field, named by its path in the request, such as {@code sae.k}. */
    public record FieldError(String field, String message) {}
}
