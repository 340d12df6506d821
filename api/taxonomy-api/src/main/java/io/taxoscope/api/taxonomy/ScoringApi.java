package io.taxoscope.api.taxonomy;

import io.taxoscope.api.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
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

/** Every latent of one set of codes, scored against the hierarchy above the dataset's labels. */
@HttpExchange("/api/v1/scorings")
public interface ScoringApi {
    @PostExchange
    ResponseEntity<ScoringView> submit(
            @Valid @RequestBody CreateScoring request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey);

    @GetExchange
    Page<ScoringView> list();

    @GetExchange("/{id}")
    ScoringView find(@PathVariable String id);

    @PostExchange("/{id}/cancel")
    ScoringView cancel(@PathVariable String id);

    @PostExchange("/{id}/retry")
    ResponseEntity<ScoringView> retry(@PathVariable String id);

    @DeleteExchange("/{id}")
    ResponseEntity<Void> delete(@PathVariable String id);

    /**
     * Latents with their scores.
     *
     * @param sort a {@link FeatureSort} name; the most telling first (low heights, high F1), ineligible latents last
     * @param synset only latents whose best synset is this one or lies below it
     * @param minF1 only latents whose held-out F1 reaches this
     * @param where only latents that have these scores, such as {@code AP>=0.3} or {@code LCH_HEIGHT<=4}
     * @param eligible only latents that are, or that are not, eligible
     * @param limit 1 to 1000
     */
    @GetExchange("/{id}/features")
    Page<FeatureView> features(
            @PathVariable String id,
            @RequestParam(defaultValue = "F1") FeatureSort sort,
            @RequestParam(required = false) @Nullable String synset,
            @RequestParam(required = false) @Nullable Double minF1,
            @RequestParam(required = false) @Nullable List<String> where,
            @RequestParam(required = false) @Nullable Boolean eligible,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit);

    /** One latent with its strongest images and the classes that activate it. */
    @GetExchange("/{id}/features/{latent}")
    FeatureDetail feature(@PathVariable String id, @PathVariable int latent);

    /**
     * The synsets that latents reach or mark, with how many do.
     *
     * @param synset only this one and those below it
     * @param minF1 only those that some latent marks with a held-out F1 of at least this
     * @param limit 1 to 1000
     */
    @GetExchange("/{id}/synsets")
    Page<ScoredSynset> synsets(
            @PathVariable String id,
            @RequestParam(defaultValue = "MARKING") ScoredSynset.Sort sort,
            @RequestParam(required = false) @Nullable String synset,
            @RequestParam(required = false) @Nullable Double minF1,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit);

    /**
     * The latents whose best synset is this one, and those of each of its children.
     *
     * @param limit most latents for the synset and for each child, 1 to 1000
     */
    @GetExchange("/{id}/synsets/{wnid}")
    MarkedSynset synset(
            @PathVariable String id,
            @PathVariable String wnid,
            @RequestParam(defaultValue = "20") @Min(1) @Max(1000) int limit);
}
