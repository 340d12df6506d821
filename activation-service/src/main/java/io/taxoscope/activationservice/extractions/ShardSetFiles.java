package io.taxoscope.activationservice.extractions;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.activationservice.datasets.Examples;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.DatasetManifest.Example;
import io.taxoscope.store.ShardSet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Shard sets for other programs: the files as they lie in the store, and which image each row is. */
@Component
class ShardSetFiles {
    private static final String MANIFEST = "manifest.json";
    private static final String EXAMPLES = "examples.ndjson";

    private final ContentStore store;
    private final Examples examples;
    private final JsonMapper json;

    ShardSetFiles(ContentStore store, Examples examples, JsonMapper json) {
        this.store = store;
        this.examples = examples;
        this.json = json;
    }

    ResponseEntity<Resource> manifest(String ref) {
        return answer(ref, MANIFEST, MediaType.APPLICATION_JSON, served(ref, MANIFEST));
    }

    ResponseEntity<Resource> file(String ref, String name) {
        if (name.equals(EXAMPLES)) {
            return answer(ref, name, MediaType.APPLICATION_NDJSON, rows(ref));
        }
        MediaType type = name.equals(MANIFEST) ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_OCTET_STREAM;
        return answer(ref, name, type, served(ref, name));
    }

    private Resource served(String ref, String name) {
        return new FileSystemResource(ShardSet.file(store, hash(ref), name));
    }

    /** One row of a shard set. */
    private record Row(int row, String image, String label, String sha256) {}

    private Resource rows(String ref) {
        Sha256 dataset = new Sha256(ShardSet.manifest(store, hash(ref)).dataset());
        StringBuilder lines = new StringBuilder();
        for (Example example : examples.of(dataset)) {
            Row row = new Row(example.index(), example.path(), example.label(), example.sha256());
            lines.append(json.writeValueAsString(row)).append('\n');
        }
        return new ByteArrayResource(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The name vouches for the content, so it may be kept for ever. */
    private static ResponseEntity<Resource> answer(String ref, String name, MediaType type, Resource body) {
        return ResponseEntity.ok()
                .contentType(type)
                .eTag(ref + "/" + name)
                .cacheControl(CacheControl.maxAge(Duration.ofDays(365)).immutable())
                .body(body);
    }

    private static Sha256 hash(String ref) {
        try {
            return new Sha256(ref);
        } catch (IllegalArgumentException malformed) {
            throw ActivationError.PARAMETER_OUT_OF_RANGE.at("ref", "is no SHA-256 in lower-case hex: " + ref);
        }
    }
}
