package io.taxoscope.taxonomyservice.dictionaries;

import io.taxoscope.common.ErrorCode;
import io.taxoscope.common.ErrorKind;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import java.util.List;

/** Why a scoring cannot be looked at more closely. */
public enum DictionaryError implements ErrorCode {
    SCORING_NOT_FOUND(ErrorKind.NOT_FOUND),
    /** It has no latents to speak of before it has succeeded. */
    SCORING_NOT_FINISHED(ErrorKind.CONFLICT),
    REFERENCE_UNUSABLE(ErrorKind.INVALID),
    CURSOR_INVALID(ErrorKind.INVALID);

    private final ErrorKind kind;

    DictionaryError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }

    public TaxoscopeException because(String message) {
        return new TaxoscopeException(this, message);
    }

    public static TaxoscopeException unusable(String field, String message) {
        return new TaxoscopeException(
                REFERENCE_UNUSABLE, field + ": " + message, List.of(new FieldError(field, message)));
    }
}
