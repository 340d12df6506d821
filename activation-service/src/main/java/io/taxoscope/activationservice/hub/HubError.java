package io.taxoscope.activationservice.hub;

import static io.taxoscope.common.ErrorKind.INVALID;
import static io.taxoscope.common.ErrorKind.NOT_FOUND;
import static io.taxoscope.common.ErrorKind.UNAVAILABLE;

import io.taxoscope.common.ErrorCode;
import io.taxoscope.common.ErrorKind;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import java.util.List;

/** What can be wrong with a model of the hub. */
public enum HubError implements ErrorCode {
    /** The hub has no such model, revision or file, or shows it to nobody without a token. */
    HUB_NOT_FOUND(INVALID),
    HUB_TOKEN_REFUSED(INVALID),
    HUB_FILE_UNCLEAR(INVALID),
    HUB_PREPROCESSING_UNSUPPORTED(INVALID),
    /** The bytes are not those that the hub promised. */
    HUB_FILE_CORRUPT(UNAVAILABLE),
    HUB_UNREACHABLE(UNAVAILABLE),
    HUB_DOWNLOAD_NOT_FOUND(NOT_FOUND);

    private final ErrorKind kind;

    HubError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }

    TaxoscopeException because(String message) {
        return new TaxoscopeException(this, message);
    }

    TaxoscopeException because(String message, Throwable cause) {
        return new TaxoscopeException(this, message, cause);
    }

    TaxoscopeException at(String field, String message) {
        return new TaxoscopeException(this, field + ": " + message, List.of(new FieldError(field, message)));
    }
}
