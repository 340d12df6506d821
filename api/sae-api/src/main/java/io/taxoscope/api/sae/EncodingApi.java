package io.taxoscope.api.sae;

import io.taxoscope.api.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.util.List;
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

/** A whole shard set as sparse codes of an SAE. */
@HttpExchange("/api/v1/encodings")
public interface EncodingApi {
    @PostExchange
    ResponseEntity<EncodingView> submit(
            @Valid @RequestBody CreateEncoding request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey);

    @GetExchange
    Page<EncodingView> list();

    @GetExchange("/{id}")
    EncodingView find(@PathVariable String id);

    @PostExchange("/{id}/cancel")
    EncodingView cancel(@PathVariable String id);

    @PostExchange("/{id}/retry")
    ResponseEntity<EncodingView> retry(@PathVariable String id);

    @DeleteExchange("/{id}")
    ResponseEntity<Void> delete(@PathVariable String id);

    /** The examples that activate a latent most, strongest first; ties go to the lower index. */
    @GetExchange("/{id}/latents/{latent}/top")
    LatentTop top(@PathVariable String id, @PathVariable int latent);

    /** The same for several latents at once, in the order asked for: {@code ?latent=3&latent=17}, at most 250. */
    @GetExchange("/{id}/top")
    Page<LatentTop> tops(
            @PathVariable String id, @RequestParam("latent") @NotEmpty @Size(max = 250) List<Integer> latents);

    /** The codes' manifest (JSON, see docs/formats.md). */
    @GetExchange("/{id}/codes")
    ResponseEntity<Resource> codes(@PathVariable String id);

    /** One file of the codes (CSR in safetensors). */
    @GetExchange("/{id}/codes/files/{name}")
    ResponseEntity<Resource> codesFile(@PathVariable String id, @PathVariable String name);
}
