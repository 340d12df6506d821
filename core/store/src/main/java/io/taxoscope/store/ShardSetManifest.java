package io.taxoscope.store;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.taxoscope.common.Sha256;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The hashed description of a shard set. It says what the activations are, and nothing that could differ between two
 * runs which produce the same bytes: times, machines and versions belong to the job's row.
 *
 * @param tokensPerExample rows of each example, next to each other
 * @param rounding what {@code dtype} has cost; nothing for F32
 * @param moments of all rows as they are read back; null in version 1, which had none
 */
@JsonPropertyOrder({
    "format",
    "version",
    "model",
    "dataset",
    "tap",
    "depth",
    "token",
    "width",
    "nExamples",
    "tokensPerExample",
    "examplesPerShard",
    "dtype",
    "rounding",
    "moments",
    "shards"
})
public record ShardSetManifest(
        String format,
        int version,
        String model,
        String dataset,
        String tap,
        int depth,
        String token,
        int width,
        int nExamples,
        int tokensPerExample,
        int examplesPerShard,
        StoredType dtype,
        Rounding rounding,
        @Nullable Moments moments,
        List<ShardFile> shards) {
    static final String FORMAT = "taxoscope-shard-set";
    private static final int VERSION = 2;

    public ShardSetManifest {
        SealedFolder.requireFormat(format, version, FORMAT, VERSION);
        new Sha256(dataset);
        shards = List.copyOf(shards);
        SealedFolder.requireRows(shards, new ShardPlan(nExamples, examplesPerShard));
        if (width < 1 || tokensPerExample < 1 || (long) nExamples * tokensPerExample > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(tokensPerExample + " activations of width " + width);
        }
    }

    /** Version 1 had neither moments nor a choice of types and tokens. */
    private record Version1(
            String format,
            int version,
            String model,
            String dataset,
            String tap,
            int depth,
            String token,
            int width,
            int nExamples,
            int examplesPerShard,
            String dtype,
            List<ShardFile> shards) {
        ShardSetManifest manifest() {
            if (!dtype.equals(StoredType.F32.name())) {
                throw new IllegalArgumentException("activations of " + dtype + " in version 1");
            }
            return new ShardSetManifest(
                    format,
                    version,
                    model,
                    dataset,
                    tap,
                    depth,
                    token,
                    width,
                    nExamples,
                    1,
                    examplesPerShard,
                    StoredType.F32,
                    Rounding.NONE,
                    null,
                    shards);
        }
    }

    static ShardSetManifest parse(JsonNode json) {
        return json.path("version").asInt(0) == 1
                ? Json.strict().treeToValue(json, Version1.class).manifest()
                : Json.strict().treeToValue(json, ShardSetManifest.class);
    }

    static ShardSetManifest of(ShardSetSpec spec, ShardSetSummary summary, List<ShardFile> shards) {
        return new ShardSetManifest(
                FORMAT,
                VERSION,
                spec.model(),
                spec.dataset().hex(),
                spec.tap(),
                spec.depth(),
                spec.token(),
                spec.width(),
                spec.nExamples(),
                spec.tokensPerExample(),
                spec.examplesPerShard(),
                spec.type(),
                summary.rounding(),
                summary.moments(),
                shards);
    }

    /** Whether row i is example i, so that it can be held against the example's label or put back in its place. */
    public boolean hasOneRowPerExample() {
        return tokensPerExample == 1;
    }

    /** Rows of all shards. */
    public int nRows() {
        return Math.multiplyExact(nExamples, tokensPerExample);
    }

    /** Bytes of all shards. */
    public long bytes() {
        return shards.stream().mapToLong(ShardFile::bytes).sum();
    }
}
