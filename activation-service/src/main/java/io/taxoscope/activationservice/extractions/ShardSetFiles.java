package io.taxoscope.activationservice.extractions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.activationservice.datasets.Examples;
import io.taxoscope.api.activation.ShardSetCheck;
import io.taxoscope.api.activation.ShardSetCheck.Damage;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.DatasetManifest.Example;
import io.taxoscope.store.ShardFile;
import io.taxoscope.store.ShardSet;
import io.taxoscope.store.ShardSetManifest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.AbstractList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.InputStreamResource;
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

    ShardSetCheck verify(String ref) {
        List<Damage> damage = ShardSet.damage(store, hash(ref)).stream()
                .map(found -> new Damage(found.file(), found.code().name(), found.detail()))
                .toList();
        boolean isReadable = damage.stream().noneMatch(found -> found.file().equals(MANIFEST));
        long bytes = isReadable ? ShardSet.manifest(store, hash(ref)).bytes() : 0;
        return new ShardSetCheck(ref, damage.isEmpty(), bytes, damage);
    }

    private Resource served(String ref, String name) {
        return new FileSystemResource(ShardSet.file(store, hash(ref), name));
    }

    /**
     * One example of a shard set.
     *
     * @param row its first
     * @param tokens of its rows; absent when it has one row, whose token the manifest says
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Row(
            int row,
            String image,
            String label,
            String sha256,
            @Nullable List<Integer> tokens) {}

    /** Made shard by shard while it is read: with a line of tokens for each image it may be long. */
    private Resource rows(String ref) {
        ShardSetManifest manifest = ShardSet.manifest(store, hash(ref));
        List<Example> all = examples.of(new Sha256(manifest.dataset()));
        List<InputStream> parts = new AbstractList<>() {
            @Override
            public InputStream get(int shard) {
                return lines(ref, manifest, shard, all);
            }

            @Override
            public int size() {
                return manifest.shards().size();
            }
        };
        return new InputStreamResource(new SequenceInputStream(Collections.enumeration(parts)));
    }

    private InputStream lines(String ref, ShardSetManifest manifest, int shard, List<Example> all) {
        int[] tokens = ShardSet.tokens(store, hash(ref), shard);
        ShardFile file = manifest.shards().get(shard);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < file.nExamples(); i++) {
            Example example = all.get(file.firstExample() + i);
            int n = manifest.tokensPerExample();
            Row row = new Row(
                    example.index() * n,
                    example.path(),
                    example.label(),
                    example.sha256(),
                    tokens == null
                            ? null
                            : IntStream.range(i * n, (i + 1) * n)
                                    .mapToObj(at -> tokens[at])
                                    .toList());
            lines.append(json.writeValueAsString(row)).append('\n');
        }
        return new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8));
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
