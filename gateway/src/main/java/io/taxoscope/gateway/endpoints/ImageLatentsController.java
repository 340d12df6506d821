package io.taxoscope.gateway.endpoints;

import io.taxoscope.api.gateway.ImageLatents;
import io.taxoscope.api.gateway.ImageLatentsApi;
import io.taxoscope.api.gateway.Variant;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import io.taxoscope.gateway.experiments.DictionaryChoice;
import io.taxoscope.gateway.experiments.ExperimentError;
import io.taxoscope.gateway.results.LatentsOfImages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ImageLatentsController implements ImageLatentsApi {
    private static final int MOST_LATENTS = 100;
    /** What activation-service takes unless it is told otherwise. */
    private static final int MOST_BYTES = 64 << 20;

    private final LatentsOfImages latents;

    ImageLatentsController(LatentsOfImages latents) {
        this.latents = latents;
    }

    @Override
    public ImageLatents image(
            String id, String layer, Variant variant, @Nullable Integer step, int limit, Resource image) {
        if (limit < 1 || limit > MOST_LATENTS) {
            throw refused("limit", "is %d, not from 1 to %d".formatted(limit, MOST_LATENTS));
        }
        return latents.of(id, layer, DictionaryChoice.of(variant, step), limit, bytes(image));
    }

    private static byte[] bytes(Resource image) {
        try (InputStream in = image.getInputStream()) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw refused("image", "has more than %d bytes; send a smaller one".formatted(MOST_BYTES));
            }
            return bytes;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the image", failure);
        }
    }

    private static TaxoscopeException refused(String field, String message) {
        return new TaxoscopeException(
                ExperimentError.PARAMETER_INVALID, field + " " + message, List.of(new FieldError(field, message)));
    }
}
