package io.taxoscope.api.taxonomy;

import io.taxoscope.api.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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

/** How the latents of one scored dictionary relate to each other, to the synsets and to the activations. */
@HttpExchange("/api/v1/relations")
public interface RelationApi {
    @PostExchange
    ResponseEntity<RelationView> submit(
            @Valid @RequestBody CreateRelation request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey);

    @GetExchange
    Page<RelationView> list();

    @GetExchange("/{id}")
    RelationView find(@PathVariable String id);

    @PostExchange("/{id}/cancel")
    RelationView cancel(@PathVariable String id);

    @PostExchange("/{id}/retry")
    ResponseEntity<RelationView> retry(@PathVariable String id);

    @DeleteExchange("/{id}")
    ResponseEntity<Void> delete(@PathVariable String id);

    /**
     * Pairs of latents, the synset of one above that of the other.
     *
     * @param isDirect only pairs with, or without, no other latent's synset between
     * @param latent only pairs of this latent, on either side
     * @param synset only pairs whose parent stands for this synset
     * @param limit 1 to 1000
     */
    @GetExchange("/{id}/pairs")
    Page<RelatedPair> pairs(
            @PathVariable String id,
            @RequestParam(defaultValue = "PARENT_GIVEN_CHILD") RelatedPair.Sort sort,
            @RequestParam(required = false) @Nullable Boolean isDirect,
            @RequestParam(required = false) @Nullable Integer latent,
            @RequestParam(required = false) @Nullable String synset,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit);

    /**
     * Reachable synsets with the latents that mark them.
     *
     * @param synset only this one
     * @param limit 1 to 1000
     */
    @GetExchange("/{id}/synsets")
    Page<RelatedSynset> synsets(
            @PathVariable String id,
            @RequestParam(defaultValue = "MATCH") RelatedSynset.Sort sort,
            @RequestParam(required = false) @Nullable String synset,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit);

    /**
     * Latents that fire.
     *
     * @param latent only this one
     * @param synset only latents that stand for this synset
     * @param limit 1 to 1000
     */
    @GetExchange("/{id}/latents")
    Page<RelatedLatent> latents(
            @PathVariable String id,
            @RequestParam(defaultValue = "LATENT") RelatedLatent.Sort sort,
            @RequestParam(required = false) @Nullable Integer latent,
            @RequestParam(required = false) @Nullable String synset,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit);
}
