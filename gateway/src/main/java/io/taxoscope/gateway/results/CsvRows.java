package io.taxoscope.gateway.results;

import io.taxoscope.gateway.results.FeatureColumn.Row;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows as CSV (RFC 4180) in UTF-8, with a header. */
class CsvRows {
    private final Writer out;

    CsvRows(OutputStream out) throws IOException {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        line(Arrays.stream(FeatureColumn.values()).map(FeatureColumn::header).collect(Collectors.joining(",")));
    }

    void write(Row row) throws IOException {
        line(Arrays.stream(FeatureColumn.values())
                .map(column -> quoted(column.of(row)))
                .collect(Collectors.joining(",")));
    }

    void flush() throws IOException {
        out.flush();
    }

    private void line(String text) throws IOException {
        out.write(text);
        out.write("\r\n");
    }

    private static String quoted(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
