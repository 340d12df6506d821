package io.taxoscope.taxonomy;

import java.util.LinkedHashMap;
import java.util.Map;

/** A mapping file: {@code label<TAB>id}, one label a line; lines that start with {@code #} are comments. */
public final class LabelMapping {
    private static final String FILE = "mappingFile";

    private LabelMapping() {}

    /** Label to id. Whether these are nodes of a hierarchy is for {@link LabelResolver} to say. */
    public static Map<String, String> read(String text) {
        var mapping = new LinkedHashMap<String, String>();
        var lineOf = new LinkedHashMap<String, Integer>();
        var errors = new LineErrors();
        int number = 0;
        for (var line :
                (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList()) {
            number++;
            if (line.startsWith("#")) {
                continue;
            }
            var columns = line.split("\t", -1);
            if (columns.length != 2 || columns[0].isBlank() || columns[1].isBlank()) {
                errors.add(FILE, number, "is not label<TAB>id");
                continue;
            }
            var earlier = lineOf.putIfAbsent(columns[0], number);
            if (earlier != null) {
                errors.add(FILE, number, "repeats the label of line " + earlier + ": " + columns[0]);
            }
            mapping.put(columns[0], columns[1].strip());
        }
        errors.throwIfAny(TaxonomyError.LABELS_UNRESOLVED, "the mapping file");
        return mapping;
    }
}
