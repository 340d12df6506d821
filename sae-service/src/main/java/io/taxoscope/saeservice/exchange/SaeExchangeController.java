package io.taxoscope.saeservice.exchange;

import io.taxoscope.api.sae.CheckParity;
import io.taxoscope.api.sae.EncodeRows;
import io.taxoscope.api.sae.EncodedRows;
import io.taxoscope.api.sae.ImportSae;
import io.taxoscope.api.sae.ParityView;
import io.taxoscope.api.sae.SaeExchangeApi;
import io.taxoscope.api.sae.SaeFileFormat;
import io.taxoscope.api.sae.SaeView;
import io.taxoscope.saeservice.training.Saes;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SaeExchangeController implements SaeExchangeApi {
    private final SaeImports imports;
    private final SaeExports exports;
    private final RowEncodings encodings;
    private final Saes saes;

    SaeExchangeController(SaeImports imports, SaeExports exports, RowEncodings encodings, Saes saes) {
        this.imports = imports;
        this.exports = exports;
        this.encodings = encodings;
        this.saes = saes;
    }

    @Override
    public ResponseEntity<SaeView> importSae(ImportSae request, @Nullable String idempotencyKey) {
        String id = imports.take(request, idempotencyKey);
        return ResponseEntity.created(URI.create("/api/v1/saes/" + id)).body(saes.view(id));
    }

    @Override
    public ParityView parity(String id, CheckParity request) {
        return imports.parity(id, request);
    }

    @Override
    public ResponseEntity<Resource> export(String id, SaeFileFormat format) {
        String name = "sae-%s-%s.zip".formatted(id, format.name().toLowerCase(Locale.ROOT));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/zip"))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(exports.zip(id, format));
    }

    @Override
    public EncodedRows encode(String id, EncodeRows request) {
        return encodings.encode(id, request);
    }
}
