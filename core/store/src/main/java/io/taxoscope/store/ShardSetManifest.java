package io.taxoscope.store;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.taxoscope.common.Sha256;
import java.util.List;

/**
 * The hashed description of a shard set. It says what the activations are, and nothing that could differ between two
 * runs which produce the same bytes: times, machines and versions belong to the job's row.
 *
 * @param dtype always F32 in version 1
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
    "examplesPerShard",
    "dtype",
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
        int examplesPerShard,
        String dtype,
        List<ShardFile> shards) {
    static final String FORMAT = "taxoscope-shard-set";

    public ShardSetManifest {
        SealedFolder.requireFormat(format, version, FORMAT);
        new Sha256(dataset);
        shards = List.copyOf(shards);
        SealedFolder.requireRows(shards, new ShardPlan(nExamples, examplesPerShard));
        if (!dtype.equals(DType.F32.name()) || width < 1) {
            throw new IllegalArgumentException("activations of " + dtype + ", width " + width);
        }
    }

    static ShardSetManifest of(ShardSetSpec spec, List<ShardFile> shards) {
        return new ShardSetManifest(
                FORMAT,
                1,
                spec.model(),
                spec.dataset().hex(),
                spec.tap(),
                spec.depth(),
                spec.token(),
                spec.width(),
                spec.nExamples(),
                spec.examplesPerShard(),
                DType.F32.name(),
                shards);
    }

    /** Bytes of all shards. */
    public long bytes() {
        return shards.stream().mapToLong(ShardFile::bytes).sum();
    }
}
