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
 * Decoded codes as a shard set, with chosen latents suppressed or amplified on the way: what an intervention puts in the
 * activations' place.
 */
@HttpExchange("/api/v1/reconstructions")
public interface ReconstructionApi {
    /** 202 with Location; the same Idempotency-Key and body answer the same reconstruction again. */
    @PostExchange
    ResponseEntity<ReconstructionView> submit(
            @Valid @RequestBody CreateReconstruction request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey);

    @GetExchange
    Page<ReconstructionView> list();

    @GetExchange("/{id}")
    ReconstructionView find(@PathVariable String id);

    @PostExchange("/{id}/cancel")
    ReconstructionView cancel(@PathVariable String id);

    @PostExchange("/{id}/retry")
    ResponseEntity<ReconstructionView> retry(@PathVariable String id);

    /** Removes it with its shard set, unless another has the same. */
    @DeleteExchange("/{id}")
    ResponseEntity<Void> delete(@PathVariable String id);
}
