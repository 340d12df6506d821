package io.taxoscope.gateway.results;

import io.taxoscope.gateway.results.FeatureColumn.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Rows as one JSON object in each line. */
class NdjsonRows {
    private final OutputStream out;
    private final JsonMapper json;

    NdjsonRows(OutputStream out, JsonMapper json) {
        this.out = out;
        this.json = json;
    }

    void write(Row row) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (FeatureColumn column : FeatureColumn.values()) {
            Object value = column.of(row);
            if (value != null) {
                fields.put(column.header(), value);
            }
        }
        out.write(json.writeValueAsBytes(fields));
        out.write('\n');
    }
}
