package io.taxoscope.api.gateway;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What an experiment's latents say of an image that is brought along; nothing of it is stored. */
@HttpExchange("/api/v1/experiments/{id}/layers/{layer}")
public interface ImageLatentsApi {
    /**
     * The latents that an image activates most, at once.
     *
     * @param layer a tap's name, whose scores are ready
     * @param variant which dictionary of the layer
     * @param step which CHECKPOINT; absent for other variants
     * @param limit most latents, 1 to 100
     * @param image a JPEG, PNG, GIF, BMP or WebP file
     */
    @PostExchange(url = "/image", contentType = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ImageLatents image(
            @PathVariable String id,
            @PathVariable String layer,
            @RequestParam(defaultValue = "TRAINED") Variant variant,
            @RequestParam(required = false) @Nullable Integer step,
            @RequestParam(defaultValue = "10") int limit,
            @RequestBody Resource image);
}
