package io.taxoscope.api.sae;

import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** Codes as a table, for tools that read tables. */
@HttpExchange("/api/v1/encodings")
public interface CodesTableApi {
    /** The codes as Parquet: a row for each active latent of each example ({@code example, latent, value}). */
    @GetExchange("/{id}/codes.parquet")
    ResponseEntity<Resource> parquet(@PathVariable String id);
}
