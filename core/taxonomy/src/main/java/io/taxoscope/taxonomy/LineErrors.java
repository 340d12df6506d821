package io.taxoscope.taxonomy;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the lines of a file: all of it, up to a number that one can still read. */
final class LineErrors {
    static final int SHOWN = 100;

    private final List<FieldError> shown = new ArrayList<>();
    private int count;

    /** @param line counted from 1 */
    void add(String file, int line, String message) {
        if (count++ < SHOWN) {
            shown.add(new FieldError(file + "[" + line + "]", "line " + line + " " + message));
        }
    }

    /** Something that no single line is to blame for. */
    void add(String file, String message) {
        if (count++ < SHOWN) {
            shown.add(new FieldError(file, message));
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** @param what is not usable, such as {@code the taxonomy} */
    void throwIfAny(TaxonomyError code, String what) {
        if (count > 0) {
            var first = shown.getFirst().message();
            var more = count == 1 ? "" : "; " + (count - 1) + " more, see errors";
            var cut = count > SHOWN ? " (the first " + SHOWN + " of them)" : "";
            throw new TaxoscopeException(code, what + " is not usable: " + first + more + cut, shown);
        }
    }
}
