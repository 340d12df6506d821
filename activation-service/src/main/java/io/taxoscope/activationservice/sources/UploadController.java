package io.taxoscope.activationservice.sources;

import io.taxoscope.api.activation.UploadApi;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.support.sources.LimitedStream;
import io.taxoscope.support.sources.SourceProperties;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

@RestController
class UploadController implements UploadApi {
    private final ContentStore store;
    private final SourceProperties properties;

    UploadController(ContentStore store, SourceProperties properties) {
        this.store = store;
        this.properties = properties;
    }

    @Override
    public ResponseEntity<UploadView> upload(Resource body) {
        try (InputStream in = body.getInputStream()) {
            Sha256 hash = store.put(new LimitedStream(
                    in, properties.maxBytes().toBytes(), LimitedStream.tooLarge("the upload", properties.maxBytes())));
            return ResponseEntity.ok(new UploadView(hash.hex(), Files.size(store.blob(hash))));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot keep the upload", failure);
        }
    }
}
