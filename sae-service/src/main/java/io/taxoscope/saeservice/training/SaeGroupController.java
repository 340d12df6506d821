package io.taxoscope.saeservice.training;

import io.taxoscope.api.sae.CreateSaeGroup;
import io.taxoscope.api.sae.SaeGroupApi;
import io.taxoscope.api.sae.SaeGroupView;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SaeGroupController implements SaeGroupApi {
    private final SaeGroups groups;

    SaeGroupController(SaeGroups groups) {
        this.groups = groups;
    }

    @Override
    public ResponseEntity<SaeGroupView> train(CreateSaeGroup request, @Nullable String idempotencyKey) {
        return accepted(groups.train(request, idempotencyKey));
    }

    @Override
    public SaeGroupView find(String id) {
        return groups.view(id);
    }

    @Override
    public SaeGroupView cancel(String id) {
        groups.cancel(id);
        return groups.view(id);
    }

    @Override
    public ResponseEntity<SaeGroupView> retry(String id) {
        groups.retry(id);
        return accepted(id);
    }

    @Override
    public ResponseEntity<Void> delete(String id) {
        groups.delete(id);
        return ResponseEntity.noContent().build();
    }

    private ResponseEntity<SaeGroupView> accepted(String id) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/sae-groups/" + id))
                .body(groups.view(id));
    }
}
