package io.taxoscope.activationservice.interventions;

import io.taxoscope.api.Page;
import io.taxoscope.api.activation.CreateIntervention;
import io.taxoscope.api.activation.InterventionApi;
import io.taxoscope.api.activation.InterventionExample;
import io.taxoscope.api.activation.InterventionView;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

@RestController
class InterventionController implements InterventionApi {
    private final Interventions interventions;
    private final ExampleLines lines;

    InterventionController(Interventions interventions, ExampleLines lines) {
        this.interventions = interventions;
        this.lines = lines;
    }

    @Override
    public ResponseEntity<InterventionView> submit(CreateIntervention request, @Nullable String idempotencyKey) {
        return accepted(interventions.submit(request, idempotencyKey));
    }

    @Override
    public Page<InterventionView> list() {
        return new Page<>(interventions.views(), null);
    }

    @Override
    public InterventionView find(String id) {
        return interventions.view(id);
    }

    @Override
    public InterventionView cancel(String id) {
        interventions.cancel(id);
        return interventions.view(id);
    }

    @Override
    public ResponseEntity<InterventionView> retry(String id) {
        interventions.retry(id);
        return accepted(id);
    }

    @Override
    public ResponseEntity<Void> delete(String id) {
        interventions.remove(id);
        return ResponseEntity.noContent().build();
    }

    @Override
    public Page<InterventionExample> examples(String id, @Nullable String cursor, int limit) {
        return lines.page(interventions.examples(id), cursor, limit);
    }

    private ResponseEntity<InterventionView> accepted(String id) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/interventions/" + id))
                .body(interventions.view(id));
    }
}
