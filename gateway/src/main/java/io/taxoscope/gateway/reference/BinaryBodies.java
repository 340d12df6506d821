package io.taxoscope.gateway.reference;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says of bytes that they are bytes: springdoc takes a body of type Resource for JSON. */
final class BinaryBodies {
    private BinaryBodies() {}

    static void correct(String path, Operation operation) {
        operation.getResponses().forEach((status, response) -> correct(response.getContent(), mediaType(path)));
        if (operation.getRequestBody() != null) {
            MediaType bytes = operation.getRequestBody().getContent().get("application/octet-stream");
            if (bytes != null) {
                bytes.setSchema(bytes());
            }
        }
    }

    private static void correct(@Nullable Content content, String mediaType) {
        MediaType json = content == null ? null : content.get("application/json");
        if (content != null && json != null && json.getSchema() != null && isBytes(json.getSchema())) {
            content.remove("application/json");
            content.addMediaType(mediaType, new MediaType().schema(bytes()));
        }
    }

    private static boolean isBytes(Schema<?> schema) {
        return "binary".equals(schema.getFormat());
    }

    private static Schema<?> bytes() {
        // OpenAPI 3.1 allows several types, and only those are written.
        return new Schema<>().types(Set.of("string")).format("binary");
    }

    private static String mediaType(String path) {
        if (path.endsWith("/thumbnail")) {
            return "image/jpeg";
        }
        return path.endsWith(".json") || path.endsWith("/codes") || path.matches(".*/shard-sets/\\{ref}")
                ? "application/json"
                : "application/octet-stream";
    }
}
