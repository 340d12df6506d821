package io.taxoscope.taxonomyservice.relations;

import io.taxoscope.common.ErrorCode;
import io.taxoscope.common.ErrorKind;
import io.taxoscope.common.TaxoscopeException;

enum RelationError implements ErrorCode {
    RELATION_NOT_FOUND(ErrorKind.NOT_FOUND),
    /** Its rows are asked for before it has succeeded. */
    RELATION_NOT_FINISHED(ErrorKind.CONFLICT);

    private final ErrorKind kind;

    RelationError(ErrorKind kind) {
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
