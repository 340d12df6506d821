package io.taxoscope.saeservice.training;

import io.taxoscope.api.Page;
import io.taxoscope.api.sae.CreateSae;
import io.taxoscope.api.sae.SaeApi;
import io.taxoscope.api.sae.SaeView;
import io.taxoscope.sae.format.SaeLensFiles;
import io.taxoscope.store.ContentStore;
import io.taxoscope.support.jobs.Jobs;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SaeController implements SaeApi {
    private final Saes saes;
    private final Jobs jobs;
    private final SaeProvenance provenance;
    private final ContentStore store;

    SaeController(Saes saes, Jobs jobs, SaeProvenance provenance, ContentStore store) {
        this.saes = saes;
        this.provenance = provenance;
        this.jobs = jobs;
        this.store = store;
    }

    @Override
    public ResponseEntity<SaeView> train(CreateSae request, @Nullable String idempotencyKey) {
        return accepted(saes.train(request, idempotencyKey));
    }

    @Override
    public Page<SaeView> list() {
        return new Page<>(saes.list(), null);
    }

    @Override
    public SaeView find(String id) {
        return saes.view(id);
    }

    @Override
    public SaeView cancel(String id) {
        saes.requireExists(id);
        jobs.cancel(id);
        return saes.view(id);
    }

    @Override
    public ResponseEntity<SaeView> retry(String id) {
        saes.retry(id);
        return accepted(id);
    }

    @Override
    public ResponseEntity<Void> delete(String id) {
        saes.delete(id);
        store.discardWork(id);
        return ResponseEntity.noContent().build();
    }

    @Override
    public ResponseEntity<Resource> weights(String id) {
        TrainedSae sae = saes.findTrained(id);
        return file("sae_weights.safetensors", MediaType.APPLICATION_OCTET_STREAM)
                .eTag(sae.weights().hex())
                .body(new FileSystemResource(store.blob(sae.weights())));
    }

    @Override
    public ResponseEntity<Resource> cfg(String id) {
        TrainedSae sae = saes.findTrained(id);
        String config = SaeLensFiles.config(sae.shape(), sae.activation(), provenance.of(sae));
        return file("cfg.json", MediaType.APPLICATION_JSON)
                .body(new ByteArrayResource(config.getBytes(StandardCharsets.UTF_8)));
    }

    private ResponseEntity<SaeView> accepted(String id) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/saes/" + id))
                .body(saes.view(id));
    }

    private static ResponseEntity.BodyBuilder file(String name, MediaType type) {
        ContentDisposition attachment =
                ContentDisposition.attachment().filename(name).build();
        return ResponseEntity.ok().contentType(type).header(HttpHeaders.CONTENT_DISPOSITION, attachment.toString());
    }
}
