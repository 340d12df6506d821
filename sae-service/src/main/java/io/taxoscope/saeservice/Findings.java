package io.taxoscope.saeservice;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The fields of a request that break a rule, collected so that one answer names them all. */
public final class Findings {
    private final List<FieldError> errors;
    private final String prefix;

    public Findings() {
        this(new ArrayList<>(), "");
    }

    private Findings(List<FieldError> errors, String prefix) {
        this.errors = errors;
        this.prefix = prefix;
    }

    /** The same findings, with {@code prefix} before the name of every field that is added through this view. */
    public Findings under(String prefix) {
        return new Findings(errors, this.prefix + prefix);
    }

    /** Whether a field under this view's prefix is wrong. */
    public boolean hasAny() {
        return errors.stream().anyMatch(error -> error.field().startsWith(prefix));
    }

    public void add(String field, String message) {
        errors.add(new FieldError(prefix + field, message));
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
