package io.taxoscope.api.activation;

import io.taxoscope.api.Page;
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

/** Models of the Hugging Face hub on their way into the store; {@code progress} counts bytes. */
@HttpExchange("/api/v1/hub-downloads")
public interface HubDownloadApi {
    /** 202 with Location. What an earlier download left unfinished is taken up where it stopped. */
    @PostExchange
    ResponseEntity<HubDownloadView> submit(
            @Valid @RequestBody CreateHubDownload request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey);

    @GetExchange
    Page<HubDownloadView> list();

    @GetExchange("/{id}")
    HubDownloadView find(@PathVariable String id);

    @PostExchange("/{id}/cancel")
    HubDownloadView cancel(@PathVariable String id);

    @PostExchange("/{id}/retry")
    ResponseEntity<HubDownloadView> retry(@PathVariable String id);

    /** Forgets the download; its files stay in the store, since models may be made of them. */
    @DeleteExchange("/{id}")
    ResponseEntity<Void> delete(@PathVariable String id);
}
