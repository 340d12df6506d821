package io.taxoscope.api.gateway;

import io.taxoscope.api.Page;
import io.taxoscope.api.taxonomy.FeatureSort;
import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
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
 * From images and a model to hierarchy scores, in one document. Beside these, {@code GET /api/v1/experiments/{id}/events}
 * streams an {@link ExperimentView} for each change (server-sent events), and {@code GET
 * /api/v1/experiments/{id}/export?format=csv|ndjson|parquet} streams every feature of every layer, of the trained SAEs or of the {@code variant}s asked for.
 */
@HttpExchange("/api/v1/experiments")
public interface ExperimentApi {
    /**
     * Checks the whole document, then starts. 202 with Location; 422 names every wrong field; the same Idempotency-Key
     * answers the same experiment again. The body may also be YAML ({@code application/yaml}).
     */
    @PostExchange(contentType = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ExperimentView> submit(
            @Valid @RequestBody ExperimentSpec spec,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey);

    /** Newest first; {@code limit} is 1 to 100. */
    @GetExchange
    Page<ExperimentView> list(
            @RequestParam(required = false) @Nullable String cursor, @RequestParam(defaultValue = "20") int limit);

    @GetExchange("/{id}")
    ExperimentView find(@PathVariable String id);

    /** Stops it and the jobs that it started; what is finished is kept. */
    @PostExchange("/{id}/cancel")
    ExperimentView cancel(@PathVariable String id);

    /** Takes a failed or cancelled experiment up again where it stopped. */
    @PostExchange("/{id}/retry")
    ResponseEntity<ExperimentView> retry(@PathVariable String id);

    /** Removes the experiment with its SAEs, encodings and scorings; 409 while it runs. */
    @DeleteExchange("/{id}")
    ResponseEntity<Void> delete(@PathVariable String id);

    /** One report for each layer whose scores are ready, in the order of depth. */
    @GetExchange("/{id}/layers")
    Page<LayerReport> layers(@PathVariable String id);

    /**
     * How the scores of a layer grew while its SAE was trained: the untrained SAE, the asked steps, the trained one, as
     * far as they are scored.
     *
     * @param layer a tap's name
     */
    @GetExchange("/{id}/curve")
    LearningCurve curve(@PathVariable String id, @RequestParam String layer);

    /** How the latents of each layer relate to each other; the lists behind it are under {@code /api/v1/relations/{id}}. */
    @GetExchange("/{id}/relations")
    Page<LayerRelation> relations(@PathVariable String id);

    /**
     * Which latents are found again with another seed, and in the next layer; the matches are under {@code
     * /api/v1/comparisons/{id}/matches}.
     */
    @GetExchange("/{id}/comparisons")
    Page<LayerComparison> comparisons(@PathVariable String id);

    /**
     * The synsets above the dataset, and in which layers latents reach and mark each.
     *
     * @param variant which dictionary of each layer; layers without it are left out
     * @param step which CHECKPOINT; absent for other variants
     * @param limit most synsets, those nearest to the root first; 1 to 20,000
     */
    @GetExchange("/{id}/synsets")
    SynsetCoverage synsets(
            @PathVariable String id,
            @RequestParam(defaultValue = "TRAINED") Variant variant,
            @RequestParam(required = false) @Nullable Integer step,
            @RequestParam(defaultValue = "20000") int limit);

    /**
     * The latents of all layers whose best synset is this one or lies below it, the best by F1 first.
     *
     * @param variant which dictionary of each layer; layers without it are left out
     * @param step which CHECKPOINT; absent for other variants
     * @param limit most latents for the synset and for each child, 1 to 1000
     */
    @GetExchange("/{id}/synsets/{wnid}")
    SynsetLatents synset(
            @PathVariable String id,
            @PathVariable String wnid,
            @RequestParam(defaultValue = "TRAINED") Variant variant,
            @RequestParam(required = false) @Nullable Integer step,
            @RequestParam(defaultValue = "20") int limit);

    /**
     * Latents of one layer with their scores and strongest images.
     *
     * @param layer a tap's name
     * @param variant which dictionary of the layer
     * @param step which CHECKPOINT; absent for other variants
     * @param synset only latents whose best synset is this one or lies below it
     * @param minF1 only latents whose held-out F1 reaches this
     * @param where only latents that have these scores, such as {@code AP>=0.3} or {@code LCH_HEIGHT<=4}
     * @param limit 1 to 1000
     */
    @GetExchange("/{id}/features")
    Page<ExperimentFeature> features(
            @PathVariable String id,
            @RequestParam String layer,
            @RequestParam(defaultValue = "TRAINED") Variant variant,
            @RequestParam(required = false) @Nullable Integer step,
            @RequestParam(defaultValue = "F1") FeatureSort sort,
            @RequestParam(required = false) @Nullable String synset,
            @RequestParam(required = false) @Nullable Double minF1,
            @RequestParam(required = false) @Nullable List<String> where,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit);

    /**
     * One latent: all of its scores, its strongest images, and the classes that activate it.
     *
     * @param variant which dictionary of the layer
     * @param step which CHECKPOINT; absent for other variants
     */
    @GetExchange("/{id}/features/{layer}/{latent}")
    ExperimentFeatureDetail feature(
            @PathVariable String id,
            @PathVariable String layer,
            @PathVariable int latent,
            @RequestParam(defaultValue = "TRAINED") Variant variant,
            @RequestParam(required = false) @Nullable Integer step);
}
