package io.taxoscope.saeservice.exchange;

import io.swagger.v3.oas.annotations.Hidden;
import io.taxoscope.api.sae.EncodedRows.EncodedRow;
import io.taxoscope.saeservice.SaeServiceError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Rows in and codes out, a line each, for as long as the client sends; described at {@code SaeExchangeApi.encode}. */
@RestController
class RowStreamController {
    private static final String NDJSON = "application/x-ndjson";

    private final RowEncodings encodings;
    private final JsonMapper json;

    RowStreamController(RowEncodings encodings, JsonMapper json) {
        this.encodings = encodings;
        this.json = json;
    }

    @Hidden
    @PostMapping(path = "/api/v1/saes/{id}/encode", consumes = NDJSON, produces = NDJSON)
    void encode(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        int width = encodings.width(id);
        OutputStream out = response.getOutputStream();
        Consumer<List<float[]>> encoder = encodings.stream(id, row -> write(out, row));
        response.setContentType(NDJSON);
        List<float[]> waiting = new ArrayList<>();
        request.setCharacterEncoding(StandardCharsets.UTF_8);
        BufferedReader in = request.getReader();
        long line = 0;
        for (String text; (text = in.readLine()) != null; ) {
            waiting.add(row(text, ++line, width));
            // What has come is answered before waiting for more.
            if (waiting.size() == RowEncoder.BATCH || !in.ready()) {
                encoder.accept(waiting);
                waiting.clear();
                out.flush();
            }
        }
        encoder.accept(waiting);
        out.flush();
    }

    private float[] row(String text, long line, int width) {
        float[] values;
        try {
            values = json.readValue(text, float[].class);
        } catch (JacksonException malformed) {
            throw SaeServiceError.ROWS_INVALID.because(
                    "line %d is no array of numbers: %s".formatted(line, malformed.getOriginalMessage()));
        }
        if (values == null || values.length != width) {
            throw SaeServiceError.ROWS_INVALID.because("line %d has %s numbers; this SAE takes %d"
                    .formatted(line, values == null ? "no" : String.valueOf(values.length), width));
        }
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw SaeServiceError.ROWS_INVALID.because("line %d has the number %s".formatted(line, value));
            }
        }
        return values;
    }

    private void write(OutputStream out, EncodedRow row) {
        try {
            out.write(json.writeValueAsBytes(row));
            out.write('\n');
        } catch (IOException gone) {
            throw new UncheckedIOException("the client has gone", gone);
        }
    }
}
