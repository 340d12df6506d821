package io.taxoscope.saeservice.evaluation;

import io.taxoscope.api.Page;
import io.taxoscope.api.sae.CreateEvaluation;
import io.taxoscope.api.sae.EvaluationApi;
import io.taxoscope.api.sae.EvaluationView;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

@RestController
class EvaluationController implements EvaluationApi {
    private final Evaluations evaluations;

    EvaluationController(Evaluations evaluations) {
        this.evaluations = evaluations;
    }

    @Override
    public ResponseEntity<EvaluationView> submit(CreateEvaluation request, @Nullable String idempotencyKey) {
        return accepted(evaluations.submit(request, idempotencyKey));
    }

    @Override
    public Page<EvaluationView> list() {
        return new Page<>(evaluations.list(), null);
    }

    @Override
    public EvaluationView find(String id) {
        return evaluations.view(id);
    }

    @Override
    public EvaluationView cancel(String id) {
        evaluations.cancel(id);
        return evaluations.view(id);
    }

    @Override
    public ResponseEntity<EvaluationView> retry(String id) {
        evaluations.retry(id);
        return accepted(id);
    }

    @Override
    public ResponseEntity<Void> delete(String id) {
        evaluations.delete(id);
        return ResponseEntity.noContent().build();
    }

    private ResponseEntity<EvaluationView> accepted(String id) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/evaluations/" + id))
                .body(evaluations.view(id));
    }
}
