package io.taxoscope.saeservice;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The fields of a request that break a rule, collected so that one answer names them all. */
public final class Findings {
    private final List<FieldError> errors = new ArrayList<>();

    public void add(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    /** Adds the finding when {@code wrong}. */
    public void addIf(boolean wrong, String field, String message) {
        if (wrong) {
            add(field, message);
        }
    }

    public void throwIfAny(SaeServiceError code) {
        if (!errors.isEmpty()) {
            String all =
                    errors.stream().map(e -> e.field() + ": " + e.message()).collect(Collectors.joining("; "));
            throw new TaxoscopeException(code, all, errors);
        }
    }
}
