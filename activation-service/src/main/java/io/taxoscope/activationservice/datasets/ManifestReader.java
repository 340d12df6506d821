package io.taxoscope.activationservice.datasets;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.activationservice.datasets.ManifestImages.Row;
import io.taxoscope.common.TaxoscopeException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a list of images and labels: JSON lines, or CSV (RFC 4180) with the columns path and label. */
final class ManifestReader {
    private ManifestReader() {}

    static List<Row> read(Path manifest) throws IOException {
        String text;
        try {
            text = Files.readString(manifest, StandardCharsets.UTF_8);
        } catch (MalformedInputException binary) {
            throw unreadable("it is no UTF-8 text", binary);
        }
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return content.stripLeading().startsWith("{") ? jsonLines(content) : csv(content);
    }

    private static List<Row> jsonLines(String text) {
        List<Row> rows = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (!line.isBlank()) {
                rows.add(jsonRow(line, number));
            }
        }
        return rows;
    }

    private static Row jsonRow(String line, int number) {
        JsonNode node;
        try {
            node = JsonMapper.shared().readTree(line);
        } catch (JacksonException malformed) {
            throw unreadable("line " + number + " is no JSON: " + malformed.getOriginalMessage(), malformed);
        }
        return new Row(text(node, "path", number), text(node, "label", number));
    }

    private static String text(JsonNode node, String field, int number) {
        JsonNode value = node.get(field);
        if (value == null || !value.isString() || value.asString().isBlank()) {
            throw unreadable("line " + number + " has no text '" + field + "'", null);
        }
        return value.asString();
    }

    private static List<Row> csv(String text) {
        List<List<String>> records = Csv.parse(text);
        List<String> header = records.isEmpty()
                ? List.of()
                : records.getFirst().stream().map(String::strip).toList();
        int path = header.indexOf("path");
        int label = header.indexOf("label");
        if (path < 0 || label < 0) {
            throw unreadable("its first line " + header + " does not name the columns path and label", null);
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i < records.size(); i++) {
            List<String> record = records.get(i);
            if (record.size() != header.size()) {
                throw unreadable(
                        "record %d has %d fields instead of %d".formatted(i + 1, record.size(), header.size()), null);
            }
            rows.add(new Row(record.get(path), record.get(label)));
        }
        return rows;
    }

    private static TaxoscopeException unreadable(String why, @Nullable Exception cause) {
        String message = "the manifest of the dataset cannot be read: " + why;
        return cause == null
                ? ActivationError.DATASET_UNREADABLE.because(message)
                : ActivationError.DATASET_UNREADABLE.because(message, cause);
    }
}
