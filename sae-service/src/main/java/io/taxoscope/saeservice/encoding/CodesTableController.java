package io.taxoscope.saeservice.encoding;

import io.taxoscope.api.sae.CodesTableApi;
import io.taxoscope.common.Sha256;
import io.taxoscope.saeservice.TemporaryResource;
import io.taxoscope.store.Codes;
import io.taxoscope.store.ContentStore;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

@RestController
class CodesTableController implements CodesTableApi {
    private final Encodings encodings;
    private final ContentStore store;

    CodesTableController(Encodings encodings, ContentStore store) {
        this.encodings = encodings;
        this.store = store;
    }

    @Override
    public ResponseEntity<Resource> parquet(String id) {
        Sha256 codes = encodings.result(id).codes();
        ContentDisposition name = ContentDisposition.attachment()
                .filename("codes-%s.parquet".formatted(id))
                .build();
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/vnd.apache.parquet"))
                .header(HttpHeaders.CONTENT_DISPOSITION, name.toString())
                .body(TemporaryResource.of(".parquet", file -> CodesTable.write(file, Codes.open(store, codes))));
    }
}
