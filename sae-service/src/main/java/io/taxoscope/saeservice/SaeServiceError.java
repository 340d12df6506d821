package io.taxoscope.saeservice;

import static io.taxoscope.common.ErrorKind.CONFLICT;
import static io.taxoscope.common.ErrorKind.INVALID;
import static io.taxoscope.common.ErrorKind.NOT_FOUND;

import io.taxoscope.common.ErrorCode;
import io.taxoscope.common.ErrorKind;
import io.taxoscope.common.TaxoscopeException;

/** What can go wrong in this service. */
public enum SaeServiceError implements ErrorCode {
    /** The request breaks a rule; its fields are named. */
    SAE_INVALID(INVALID),
    /** This machine cannot hold what is asked for. */
    RESOURCES_INSUFFICIENT(INVALID),
    SAE_NOT_FOUND(NOT_FOUND),
    SAE_GROUP_NOT_FOUND(NOT_FOUND),
    SAE_NOT_TRAINED(CONFLICT),
    SAE_IN_USE(CONFLICT),
    /** Rows to encode do not fit the SAE. */
    ROWS_INVALID(INVALID),
    ENCODING_INVALID(INVALID),
    ENCODING_NOT_FOUND(NOT_FOUND),
    ENCODING_NOT_DONE(CONFLICT),
    LATENT_NOT_FOUND(NOT_FOUND),
    EVALUATION_INVALID(INVALID),
    EVALUATION_NOT_FOUND(NOT_FOUND),
    RECONSTRUCTION_INVALID(INVALID),
    RECONSTRUCTION_NOT_FOUND(NOT_FOUND);

    private final ErrorKind kind;

    SaeServiceError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }

    public TaxoscopeException because(String message) {
        return new TaxoscopeException(this, message);
    }
}
