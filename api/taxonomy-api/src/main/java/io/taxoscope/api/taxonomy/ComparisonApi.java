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

/** Whether the latents of one scored dictionary, and their synsets, are found again in another. */
@HttpExchange("/api/v1/comparisons")
public interface ComparisonApi {
    @PostExchange
    ResponseEntity<ComparisonView> submit(
            @Valid @RequestBody CreateComparison request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey);

    @GetExchange
    Page<ComparisonView> list();

    @GetExchange("/{id}")
    ComparisonView find(@PathVariable String id);

    @PostExchange("/{id}/cancel")
    ComparisonView cancel(@PathVariable String id);

    @PostExchange("/{id}/retry")
    ResponseEntity<ComparisonView> retry(@PathVariable String id);

    @DeleteExchange("/{id}")
    ResponseEntity<Void> delete(@PathVariable String id);

    /**
     * Latents with their counterparts.
     *
     * @param first only the match of this latent of the first side
     * @param second only matches with this latent of the second side
     * @param relation only matches whose synsets stand so to each other
     * @param synset only matches with this synset at either end
     * @param minSimilarity only matches at least as alike
     * @param limit 1 to 1000
     */
    @GetExchange("/{id}/matches")
    Page<MatchedLatents> matches(
            @PathVariable String id,
            @RequestParam(defaultValue = "SIMILARITY") MatchedLatents.Sort sort,
            @RequestParam(required = false) @Nullable Integer first,
            @RequestParam(required = false) @Nullable Integer second,
            @RequestParam(required = false) MatchedLatents.@Nullable Relation relation,
            @RequestParam(required = false) @Nullable String synset,
            @RequestParam(required = false) @Nullable Double minSimilarity,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit);
}
