package io.taxoscope.taxonomyservice.taxonomies;

import io.taxoscope.common.ErrorCode;
import io.taxoscope.common.ErrorKind;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import java.util.List;

enum TaxonomyServiceError implements ErrorCode {
    TAXONOMY_NOT_FOUND(ErrorKind.NOT_FOUND),
    /** A scoring needs it. */
    TAXONOMY_IN_USE(ErrorKind.CONFLICT),
    TAXONOMY_BUILT_IN(ErrorKind.CONFLICT),
    /** A text that is missing, given twice, not in the store or no UTF-8. */
    SOURCE_UNUSABLE(ErrorKind.INVALID);

    private final ErrorKind kind;

    TaxonomyServiceError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }

    TaxoscopeException because(String message) {
        return new TaxoscopeException(this, message);
    }

    TaxoscopeException because(String field, String message) {
        return new TaxoscopeException(this, field + ": " + message, List.of(new FieldError(field, message)));
    }
}
