package io.taxoscope.store;

import io.taxoscope.common.Sha256;

/**
 * What a set of codes will hold.
 *
 * @param sae hash of the SAE's weights file
 * @param shardSet the activations that are encoded
 */
public record CodesSpec(Sha256 sae, Sha256 shardSet, int nLatents, int nExamples, int examplesPerShard) {
    public CodesSpec {
        if (nLatents < 1) {
            throw new IllegalArgumentException("nLatents must be positive: " + nLatents);
        }
        new ShardPlan(nExamples, examplesPerShard);
    }

    ShardPlan plan() {
        return new ShardPlan(nExamples, examplesPerShard);
    }
}
