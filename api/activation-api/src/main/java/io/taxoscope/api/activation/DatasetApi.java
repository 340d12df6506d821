package io.taxoscope.api.activation;

import io.taxoscope.api.Page;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Labelled images. Registering one reads and checks every image, so it is a job. */
@HttpExchange("/api/v1/datasets")
public interface DatasetApi {
    /** 202 with Location; the same Idempotency-Key answers the same dataset again. */
    @PostExchange
    ResponseEntity<DatasetView> register(
            @Valid @RequestBody CreateDataset request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey);

    @GetExchange
    Page<DatasetView> list();

    @GetExchange("/{id}")
    DatasetView find(@PathVariable String id);

    @PostExchange("/{id}/cancel")
    DatasetView cancel(@PathVariable String id);

    @PostExchange("/{id}/retry")
    ResponseEntity<DatasetView> retry(@PathVariable String id);

    @DeleteExchange("/{id}")
    ResponseEntity<Void> delete(@PathVariable String id);

    /** Images in the dataset's order; {@code limit} is 1 to 1000. */
    @GetExchange("/{id}/images")
    Page<ImageView> images(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit);

    /** One image: its path, label, size and hash. */
    @GetExchange("/{id}/images/{index}")
    ImageView image(@PathVariable String id, @PathVariable int index);

    /** A JPEG whose longer side is {@code size} pixels (16 to 1024), never enlarged by more than a whole factor. */
    @GetExchange("/{id}/images/{index}/thumbnail")
    ResponseEntity<Resource> thumbnail(
            @PathVariable String id, @PathVariable int index, @RequestParam(defaultValue = "128") int size);
}
