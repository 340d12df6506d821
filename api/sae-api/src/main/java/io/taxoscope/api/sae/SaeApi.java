package io.taxoscope.api.sae;

import io.taxoscope.api.Page;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Sparse autoencoders: trained on a shard set, downloadable in the SAELens layout. */
@HttpExchange("/api/v1/saes")
public interface SaeApi {
    /** Trains an SAE: 202 with Location. The same Idempotency-Key and body answer the same one again. */
    @PostExchange
    ResponseEntity<SaeView> train(
            @Valid @RequestBody CreateSae request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey);

    @GetExchange
    Page<SaeView> list();

    @GetExchange("/{id}")
    SaeView find(@PathVariable String id);

    @PostExchange("/{id}/cancel")
    SaeView cancel(@PathVariable String id);

    @PostExchange("/{id}/retry")
    ResponseEntity<SaeView> retry(@PathVariable String id);

    @DeleteExchange("/{id}")
    ResponseEntity<Void> delete(@PathVariable String id);

    /** {@code sae_weights.safetensors}: W_enc [d_in, d_sae], b_enc, W_dec [d_sae, d_in], b_dec. */
    @GetExchange("/{id}/sae_weights.safetensors")
    ResponseEntity<Resource> weights(@PathVariable String id);

    /** The SAELens v6 {@code cfg.json} that belongs to the weights. */
    @GetExchange("/{id}/cfg.json")
    ResponseEntity<Resource> cfg(@PathVariable String id);
}
