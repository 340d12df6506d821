package io.taxoscope.api.activation;

import io.taxoscope.api.Page;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Runs a model with other vectors in a tap's place and says what changes in its output: how much of the model's work a
 * reconstruction keeps (loss recovered, KL), or what ablating a latent takes away.
 */
@HttpExchange("/api/v1/interventions")
public interface InterventionApi {
    /** 202 with Location; the same Idempotency-Key and body answer the same intervention again. */
    @PostExchange
    ResponseEntity<InterventionView> submit(
            @Valid @RequestBody CreateIntervention request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey);

    @GetExchange
    Page<InterventionView> list();

    @GetExchange("/{id}")
    InterventionView find(@PathVariable String id);

    @PostExchange("/{id}/cancel")
    InterventionView cancel(@PathVariable String id);

    @PostExchange("/{id}/retry")
    ResponseEntity<InterventionView> retry(@PathVariable String id);

    @DeleteExchange("/{id}")
    ResponseEntity<Void> delete(@PathVariable String id);

    /** What changed example by example, in the order of the dataset; {@code limit} is 1 to 1000. */
    @GetExchange("/{id}/examples")
    Page<InterventionExample> examples(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit);
}
