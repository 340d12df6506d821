package io.taxoscope.api.sae;

import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** SAEs in and out of the platform, and codes of a few rows at once. */
@HttpExchange("/api/v1/saes")
public interface SaeExchangeApi {
    /**
     * Takes over an SAE of another tool: 201 with Location, an SAE like one that was trained here. No code of a file is
     * run: a pickle that holds anything but tensors is refused. The same Idempotency-Key and body answer the same one.
     */
    @PostExchange("/import")
    ResponseEntity<SaeView> importSae(
            @Valid @RequestBody ImportSae request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey);

    /** Compares an SAE's codes with another implementation's, or with the formula of its format. */
    @PostExchange("/{id}/parity")
    ParityView parity(@PathVariable String id, @Valid @RequestBody CheckParity request);

    /**
     * The SAE as a zip of the files that another tool reads, without a pickle. 422 with the reason when the format cannot
     * express it.
     */
    @GetExchange("/{id}/export")
    ResponseEntity<Resource> export(@PathVariable String id, @RequestParam SaeFileFormat format);

    /**
     * Codes of up to 10,000 rows at once. With {@code application/x-ndjson} a stream of any length is taken instead: an
     * array of numbers a line, answered by a line {@code {"latents":[…],"values":[…]}} each, while more are sent.
     */
    @PostExchange(url = "/{id}/encode", contentType = MediaType.APPLICATION_JSON_VALUE)
    EncodedRows encode(@PathVariable String id, @Valid @RequestBody EncodeRows request);
}
