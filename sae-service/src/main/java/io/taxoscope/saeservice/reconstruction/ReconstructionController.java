package io.taxoscope.saeservice.reconstruction;

import io.taxoscope.api.Page;
import io.taxoscope.api.sae.CreateReconstruction;
import io.taxoscope.api.sae.ReconstructionApi;
import io.taxoscope.api.sae.ReconstructionView;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ReconstructionController implements ReconstructionApi {
    private final Reconstructions reconstructions;

    ReconstructionController(Reconstructions reconstructions) {
        this.reconstructions = reconstructions;
    }

    @Override
    public ResponseEntity<ReconstructionView> submit(CreateReconstruction request, @Nullable String idempotencyKey) {
        return accepted(reconstructions.submit(request, idempotencyKey));
    }

    @Override
    public Page<ReconstructionView> list() {
        return new Page<>(reconstructions.list(), null);
    }

    @Override
    public ReconstructionView find(String id) {
        return reconstructions.view(id);
    }

    @Override
    public ReconstructionView cancel(String id) {
        reconstructions.cancel(id);
        return reconstructions.view(id);
    }

    @Override
    public ResponseEntity<ReconstructionView> retry(String id) {
        reconstructions.retry(id);
        return accepted(id);
    }

    @Override
    public ResponseEntity<Void> delete(String id) {
        reconstructions.delete(id);
        return ResponseEntity.noContent().build();
    }

    private ResponseEntity<ReconstructionView> accepted(String id) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/reconstructions/" + id))
                .body(reconstructions.view(id));
    }
}
