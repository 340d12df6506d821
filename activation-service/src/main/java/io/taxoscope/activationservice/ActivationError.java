package io.taxoscope.activationservice;

import static io.taxoscope.common.ErrorKind.CONFLICT;
import static io.taxoscope.common.ErrorKind.INVALID;
import static io.taxoscope.common.ErrorKind.NOT_FOUND;

import io.taxoscope.common.ErrorCode;
import io.taxoscope.common.ErrorKind;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import java.util.List;

/** What can go wrong in this service. */
public enum ActivationError implements ErrorCode {
    MODEL_NOT_FOUND(NOT_FOUND),
    MODEL_IN_USE(CONFLICT),
    REFERENCE_INVALID(INVALID),
    DATASET_NOT_FOUND(NOT_FOUND),
    DATASET_NOT_READY(CONFLICT),
    DATASET_IN_USE(CONFLICT),
    DATASET_FORMAT_UNKNOWN(INVALID),
    DATASET_UNREADABLE(INVALID),
    DATASET_TOO_LARGE(INVALID),
    NO_IMAGES(INVALID),
    BAD_IMAGE(INVALID),
    IMAGE_NOT_FOUND(NOT_FOUND),
    EXTRACTION_NOT_FOUND(NOT_FOUND),
    UNKNOWN_TAP(INVALID),
    TOKEN_NOT_AVAILABLE(INVALID),
    EXTRACTION_TOO_LARGE(INVALID),
    RESOURCES_INSUFFICIENT(INVALID),
    INTERVENTION_INVALID(INVALID),
    INTERVENTION_NOT_FOUND(NOT_FOUND),
    INTERVENTION_NOT_DONE(CONFLICT),
    PARAMETER_OUT_OF_RANGE(INVALID);

    private final ErrorKind kind;

    ActivationError(ErrorKind kind) {
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
