package io.taxoscope.store;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.taxoscope.common.Sha256;
import java.util.List;

/** The hashed description of codes; like a shard set's, it holds nothing that varies between runs of equal result. */
@JsonPropertyOrder({"format", "version", "sae", "shardSet", "nLatents", "nExamples", "examplesPerShard", "shards"})
public record CodesManifest(
        String format,
        int version,
        String sae,
        String shardSet,
        int nLatents,
        int nExamples,
        int examplesPerShard,
        List<ShardFile> shards) {
    static final String FORMAT = "taxoscope-codes";

    public CodesManifest {
        SealedFolder.requireFormat(format, version, FORMAT, 1);
        new Sha256(sae);
        new Sha256(shardSet);
        shards = List.copyOf(shards);
        SealedFolder.requireRows(shards, new ShardPlan(nExamples, examplesPerShard));
        if (nLatents < 1) {
            throw new IllegalArgumentException("nLatents must be positive: " + nLatents);
        }
    }

    static CodesManifest of(CodesSpec spec, List<ShardFile> shards) {
        return new CodesManifest(
                FORMAT,
                1,
                spec.sae().hex(),
                spec.shardSet().hex(),
                spec.nLatents(),
                spec.nExamples(),
                spec.examplesPerShard(),
                shards);
    }
}
