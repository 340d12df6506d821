package io.taxoscope.saeservice.encoding;

import io.taxoscope.api.Page;
import io.taxoscope.api.sae.CreateEncoding;
import io.taxoscope.api.sae.EncodingApi;
import io.taxoscope.api.sae.EncodingView;
import io.taxoscope.api.sae.LatentTop;
import io.taxoscope.store.Codes;
import io.taxoscope.store.ContentStore;
import io.taxoscope.support.jobs.Jobs;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

@RestController
class EncodingController implements EncodingApi {
    private static final String MANIFEST = "manifest.json";

    private final Encodings encodings;
    private final Jobs jobs;
    private final ContentStore store;

    EncodingController(Encodings encodings, Jobs jobs, ContentStore store) {
        this.encodings = encodings;
        this.jobs = jobs;
        this.store = store;
    }

    @Override
    public ResponseEntity<EncodingView> submit(CreateEncoding request, @Nullable String idempotencyKey) {
        return accepted(encodings.submit(request, idempotencyKey));
    }

    @Override
    public Page<EncodingView> list() {
        return new Page<>(encodings.list(), null);
    }

    @Override
    public EncodingView find(String id) {
        return encodings.view(id);
    }

    @Override
    public EncodingView cancel(String id) {
        encodings.requireExists(id);
        jobs.cancel(id);
        return encodings.view(id);
    }

    @Override
    public ResponseEntity<EncodingView> retry(String id) {
        encodings.requireExists(id);
        jobs.retry(id);
        return accepted(id);
    }

    @Override
    public ResponseEntity<Void> delete(String id) {
        encodings.delete(id);
        return ResponseEntity.noContent().build();
    }

    @Override
    public LatentTop top(String id, int latent) {
        return TopFile.read(store, encodings.result(id).top(), List.of(latent)).getFirst();
    }

    @Override
    public Page<LatentTop> tops(String id, List<Integer> latents) {
        return new Page<>(TopFile.read(store, encodings.result(id).top(), latents), null);
    }

    @Override
    public ResponseEntity<Resource> codes(String id) {
        return file(id, MANIFEST, MediaType.APPLICATION_JSON);
    }

    @Override
    public ResponseEntity<Resource> codesFile(String id, String name) {
        return file(id, name, name.equals(MANIFEST) ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_OCTET_STREAM);
    }

    private ResponseEntity<Resource> file(String id, String name, MediaType type) {
        var path = Codes.file(store, encodings.result(id).codes(), name);
        return ResponseEntity.ok().contentType(type).body(new FileSystemResource(path));
    }

    private ResponseEntity<EncodingView> accepted(String id) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/encodings/" + id))
                .body(encodings.view(id));
    }
}
