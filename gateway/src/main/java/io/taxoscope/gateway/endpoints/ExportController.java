package io.taxoscope.gateway.endpoints;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.taxoscope.api.gateway.Variant;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import io.taxoscope.gateway.experiments.ExperimentError;
import io.taxoscope.gateway.results.FeatureExport;
import io.taxoscope.gateway.results.FeatureExport.Format;
import io.taxoscope.gateway.results.FeatureExport.Part;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

@RestController
class ExportController {
    private final FeatureExport export;

    ExportController(FeatureExport export) {
        this.export = export;
    }

    /**
     * Every feature of every layer of a finished experiment, as {@code csv}, {@code ndjson} or {@code parquet}.
     *
     * @param variant which dictionaries of each layer, one or several; CHECKPOINT means all of them
     */
    @Operation(
            tags = "Experiment",
            operationId = "Experiment_export",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "The file",
                            content =
                                    @Content(
                                            mediaType = "application/octet-stream",
                                            schema = @Schema(type = "string", format = "binary"))))
    @GetMapping("/api/v1/experiments/{id}/export")
    ResponseEntity<StreamingResponseBody> export(
            @PathVariable String id,
            @RequestParam(defaultValue = "csv") String format,
            @RequestParam(defaultValue = "TRAINED") List<Variant> variant) {
        Format wanted = format(format);
        List<Part> parts = export.parts(id, new LinkedHashSet<>(variant));
        String name = "features-%s.%s".formatted(id, format.toLowerCase(Locale.ROOT));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(wanted.mediaType()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(out -> export.write(parts, wanted, out));
    }

    private static Format format(String name) {
        return Arrays.stream(Format.values())
                .filter(format -> format.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new TaxoscopeException(
                        ExperimentError.PARAMETER_INVALID,
                        "format is %s; send csv, ndjson or parquet".formatted(name),
                        List.of(new FieldError("format", "must be csv, ndjson or parquet"))));
    }
}
