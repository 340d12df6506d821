package io.taxoscope.api.activation;

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

/** Runs a model once over a dataset and keeps the activations of every requested tap. */
@HttpExchange("/api/v1")
public interface ExtractionApi {
    @PostExchange("/extractions")
    ResponseEntity<ExtractionView> submit(
            @Valid @RequestBody CreateExtraction request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey);

    /**
     * Disk, memory and time of an extraction, before it is started; nothing is kept. Takes some seconds: a few batches are run.
     * What does not fit is answered too, with {@code fits: false} and without time; ordering it is refused.
     */
    @PostExchange("/extractions:estimate")
    ExtractionEstimate estimate(@Valid @RequestBody CreateExtraction request);

    @GetExchange("/extractions")
    Page<ExtractionView> list();

    @GetExchange("/extractions/{id}")
    ExtractionView find(@PathVariable String id);

    @PostExchange("/extractions/{id}/cancel")
    ExtractionView cancel(@PathVariable String id);

    @PostExchange("/extractions/{id}/retry")
    ResponseEntity<ExtractionView> retry(@PathVariable String id);

    @DeleteExchange("/extractions/{id}")
    ResponseEntity<Void> delete(@PathVariable String id);

    /** A shard set's manifest (JSON, see docs/formats.md): its shards with their hashes. */
    @GetExchange("/shard-sets/{ref}")
    ResponseEntity<Resource> shardSet(@PathVariable String ref);

    /** Reads every byte of a shard set and compares it with its hash; names each damaged file. */
    @PostExchange("/shard-sets/{ref}/verify")
    ShardSetCheck verify(@PathVariable String ref);

    /** One file of a shard set (safetensors), or {@code examples.ndjson}: row, image id, label, sha256. */
    @GetExchange("/shard-sets/{ref}/files/{name}")
    ResponseEntity<Resource> shardFile(@PathVariable String ref, @PathVariable String name);
}
