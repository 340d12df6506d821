package io.taxoscope.api.sae;

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

/** Many SAEs in one pass over their activations. */
@HttpExchange("/api/v1/sae-groups")
public interface SaeGroupApi {
    /**
     * Trains SAEs side by side, as many at once as memory holds: 202 with Location. The answer names them; each is found,
     * cancelled and deleted at {@code /api/v1/saes} without any effect on the others.
     */
    @PostExchange
    ResponseEntity<SaeGroupView> train(
            @Valid @RequestBody CreateSaeGroup request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey);

    /** The group and its SAEs, as far as they have come. */
    @GetExchange("/{id}")
    SaeGroupView find(@PathVariable String id);

    /** Cancels every SAE of the group that has not ended. */
    @PostExchange("/{id}/cancel")
    SaeGroupView cancel(@PathVariable String id);

    /** Takes up a failed or cancelled group again, each SAE from its checkpoint. */
    @PostExchange("/{id}/retry")
    ResponseEntity<SaeGroupView> retry(@PathVariable String id);

    /** Forgets a group that has ended; its SAEs stay. */
    @DeleteExchange("/{id}")
    ResponseEntity<Void> delete(@PathVariable String id);
}
