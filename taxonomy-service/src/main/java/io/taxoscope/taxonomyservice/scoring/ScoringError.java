package io.taxoscope.taxonomyservice.scoring;

import io.taxoscope.common.ErrorCode;
import io.taxoscope.common.ErrorKind;
import io.taxoscope.common.TaxoscopeException;

enum ScoringError implements ErrorCode {
    SCORING_NOT_FOUND(ErrorKind.NOT_FOUND),
    FEATURE_NOT_FOUND(ErrorKind.NOT_FOUND),
    /** Its features are asked for before it has succeeded. */
    SCORING_NOT_FINISHED(ErrorKind.CONFLICT),
    REFERENCE_UNUSABLE(ErrorKind.INVALID),
    FILTER_INVALID(ErrorKind.INVALID),
    CURSOR_INVALID(ErrorKind.INVALID);

    private final ErrorKind kind;

    ScoringError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }

    TaxoscopeException because(String message) {
        return new TaxoscopeException(this, message);
    }
}
