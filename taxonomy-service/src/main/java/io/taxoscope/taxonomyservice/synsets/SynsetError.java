package io.taxoscope.taxonomyservice.synsets;

import io.taxoscope.common.ErrorCode;
import io.taxoscope.common.ErrorKind;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import java.util.List;

enum SynsetError implements ErrorCode {
    /** Fields that do not go together, or no counts. */
    INFORMATION_CONTENT_UNUSABLE(ErrorKind.INVALID);

    private final ErrorKind kind;

    SynsetError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }

    TaxoscopeException because(String field, String message) {
        return new TaxoscopeException(this, field + ": " + message, List.of(new FieldError(field, message)));
    }
}
