package io.taxoscope.gateway.experiments;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Collects what is wrong with a document, so that one answer can name all of it. */
class Findings {
    private final List<FieldError> errors = new ArrayList<>();

    /** The first finding about a field stands; what follows from it would only confuse. */
    void add(String field, String message) {
        if (!covers(field)) {
            errors.add(new FieldError(field, message));
        }
    }

    /** True when the field or something in it is wrong already. */
    boolean has(String field) {
        return errors.stream()
                .map(FieldError::field)
                .anyMatch(
                        wrong -> wrong.equals(field) || wrong.startsWith(field + ".") || wrong.startsWith(field + "["));
    }

    /** True when the field lies in one that is wrong already. */
    boolean covers(String field) {
        return errors.stream()
                .map(FieldError::field)
                .anyMatch(
                        wrong -> field.equals(wrong) || field.startsWith(wrong + ".") || field.startsWith(wrong + "["));
    }

    boolean isEmpty() {
        return errors.isEmpty();
    }

    void throwIfAny() {
        if (errors.isEmpty()) {
            return;
        }
        String list = errors.stream()
                .map(error -> error.field() + " " + error.message())
                .collect(Collectors.joining("; "));
        throw new TaxoscopeException(
                ExperimentError.EXPERIMENT_INVALID,
                "nothing was started; correct these %d and submit again: %s".formatted(errors.size(), list),
                errors);
    }
}
