package io.taxoscope.taxonomyservice.comparisons;

import io.taxoscope.common.ErrorCode;
import io.taxoscope.common.ErrorKind;
import io.taxoscope.common.TaxoscopeException;

enum ComparisonError implements ErrorCode {
    COMPARISON_NOT_FOUND(ErrorKind.NOT_FOUND),
    /** Its rows are asked for before it has succeeded. */
    COMPARISON_NOT_FINISHED(ErrorKind.CONFLICT),
    /** Two scorings of different images, labels, taxonomies or, where directions are compared, activations. */
    SIDES_DIFFER(ErrorKind.INVALID),
    WEIGHTS_MISSING(ErrorKind.INVALID),
    TOO_MANY_LATENTS(ErrorKind.INVALID);

    private final ErrorKind kind;

    ComparisonError(ErrorKind kind) {
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
