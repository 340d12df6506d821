package io.taxoscope.api.sae;

import io.taxoscope.api.Page;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * What an encoding keeps of the activations beside their variance: neighbourhoods (CKNNA, CKA), classes (probes of x, x̂ and
 * z), and how coherent the dictionary is.
 */
@HttpExchange("/api/v1/evaluations")
public interface EvaluationApi {
    /** 202 with Location; the same Idempotency-Key and body answer the same evaluation again. */
    @PostExchange
    ResponseEntity<EvaluationView> submit(
            @Valid @RequestBody CreateEvaluation request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey);

    @GetExchange
    Page<EvaluationView> list();

    @GetExchange("/{id}")
    EvaluationView find(@PathVariable String id);

    @PostExchange("/{id}/cancel")
    EvaluationView cancel(@PathVariable String id);

    @PostExchange("/{id}/retry")
    ResponseEntity<EvaluationView> retry(@PathVariable String id);

    @DeleteExchange("/{id}")
    ResponseEntity<Void> delete(@PathVariable String id);
}
