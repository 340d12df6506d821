package io.taxoscope.activationservice.extractions;

import io.taxoscope.api.Page;
import io.taxoscope.api.activation.CreateExtraction;
import io.taxoscope.api.activation.ExtractionApi;
import io.taxoscope.api.activation.ExtractionEstimate;
import io.taxoscope.api.activation.ExtractionView;
import io.taxoscope.api.activation.ShardSetCheck;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ExtractionController implements ExtractionApi {
    private final Extractions extractions;
    private final Estimates estimates;
    private final ShardSetFiles files;

    ExtractionController(Extractions extractions, Estimates estimates, ShardSetFiles files) {
        this.extractions = extractions;
        this.estimates = estimates;
        this.files = files;
    }

    @Override
    public ResponseEntity<ExtractionView> submit(CreateExtraction request, @Nullable String idempotencyKey) {
        return accepted(extractions.submit(request, idempotencyKey));
    }

    @Override
    public ExtractionEstimate estimate(CreateExtraction request) {
        return estimates.estimate(request);
    }

    @Override
    public Page<ExtractionView> list() {
        return new Page<>(extractions.views(), null);
    }

    @Override
    public ExtractionView find(String id) {
        return extractions.view(id);
    }

    @Override
    public ExtractionView cancel(String id) {
        extractions.cancel(id);
        return extractions.view(id);
    }

    @Override
    public ResponseEntity<ExtractionView> retry(String id) {
        extractions.retry(id);
        return accepted(id);
    }

    @Override
    public ResponseEntity<Void> delete(String id) {
        extractions.remove(id);
        return ResponseEntity.noContent().build();
    }

    @Override
    public ResponseEntity<Resource> shardSet(String ref) {
        return files.manifest(ref);
    }

    @Override
    public ShardSetCheck verify(String ref) {
        return files.verify(ref);
    }

    @Override
    public ResponseEntity<Resource> shardFile(String ref, String name) {
        return files.file(ref, name);
    }

    private ResponseEntity<ExtractionView> accepted(String id) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/extractions/" + id))
                .body(extractions.view(id));
    }
}
