package io.taxoscope.support.sources;

import static io.taxoscope.common.ErrorKind.INVALID;
import static io.taxoscope.common.ErrorKind.UNAVAILABLE;

import io.taxoscope.common.ErrorCode;
import io.taxoscope.common.ErrorKind;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import java.util.List;

/** What can be wrong with a {@link io.taxoscope.api.Source}. */
public enum SourceError implements ErrorCode {
    SOURCE_INVALID(INVALID),
    SOURCE_NOT_ALLOWED(INVALID),
    SOURCE_NOT_FOUND(INVALID),
    SOURCE_TOO_LARGE(INVALID),
    /** An address did not answer as it should. */
    SOURCE_UNREACHABLE(UNAVAILABLE);

    private final ErrorKind kind;

    SourceError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }

    public TaxoscopeException because(String message) {
        return new TaxoscopeException(this, message);
    }

    public TaxoscopeException because(String message, Throwable cause) {
        return new TaxoscopeException(this, message, cause);
    }

    /** The failure of one field of the request. */
    public TaxoscopeException at(String field, String message) {
        return new TaxoscopeException(this, field + ": " + message, List.of(new FieldError(field, message)));
    }
}
