package io.taxoscope.activationservice.datasets;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated values as RFC 4180 has them: quoted fields may hold commas, line ends and doubled quotes. */
final class Csv {
    private final String text;
    private final List<List<String>> records = new ArrayList<>();
    private final StringBuilder field = new StringBuilder();
    private List<String> record = new ArrayList<>();
    private boolean quoted;

    private Csv(String text) {
        this.text = text;
    }

    static List<List<String>> parse(String text) {
        return new Csv(text).parse();
    }

    private List<List<String>> parse() {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == ',') {
                endField();
            } else if (!quoted && c == '\n') {
                endRecord();
            } else if (quoted || c != '\r') {
                field.append(c);
            }
        }
        endRecord();
        return records;
    }

    private void endField() {
        record.add(field.toString());
        field.setLength(0);
    }

    private void endRecord() {
        endField();
        boolean isBlankLine = record.size() == 1 && record.getFirst().isBlank();
        if (!isBlankLine) {
            records.add(record);
        }
        record = new ArrayList<>();
    }
}
