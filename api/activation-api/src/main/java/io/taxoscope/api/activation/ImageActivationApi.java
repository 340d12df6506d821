package io.taxoscope.api.activation;

import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Activations of single images, at once: nothing is stored. */
@HttpExchange("/api/v1/models")
public interface ImageActivationApi {
    /**
     * The vector that a dataset with this image would get. The models used last stay loaded; the first image waits for its
     * model.
     *
     * @param image a file of a format that datasets take
     */
    @PostExchange(url = "/{id}/activation", contentType = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ImageActivation activation(
            @PathVariable String id,
            @RequestParam String tap,
            @RequestParam TokenSelection token,
            @RequestBody Resource image);
}
