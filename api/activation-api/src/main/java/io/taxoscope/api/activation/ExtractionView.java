package io.taxoscope.api.activation;

import io.taxoscope.api.JobView;
import java.util.List;

/** @param shardSets one for each tap and token, once the job has succeeded */
public record ExtractionView(String id, JobView job, String modelId, String datasetId, List<ShardSetView> shardSets) {

    /**
     * @param ref the shard set's hash in the store
     * @param tokensPerExample activation vectors of each example
     * @param width length of one activation vector
     */
    public record ShardSetView(
            String ref,
            String tap,
            int depth,
            TokenSelection token,
            int nExamples,
            int tokensPerExample,
            int width,
            StoredType storedType,
            long bytes) {}
}
