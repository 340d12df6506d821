package io.taxoscope.api.activation;

import org.jspecify.annotations.Nullable;

/**
 * What an extraction would take on the machine that answers, before it is started.
 *
 * @param nExamples images of the dataset
 * @param shardSets that would be made
 * @param reused shard sets that an earlier extraction has made; they take nothing
 * @param disk in the store, beside what is free there
 * @param memory heap for the shards being filled and written and the batches on their way, beside what the service may have;
 *     what ONNX Runtime takes for the model comes on top
 * @param fits whether it would be accepted
 * @param seconds of the whole extraction; 0 when all is reused, absent when it does not fit and so was not tried
 * @param probedExamples images that were decoded and run to learn it
 */
public record ExtractionEstimate(
        int nExamples,
        int shardSets,
        int reused,
        Space disk,
        Space memory,
        boolean fits,
        @Nullable Double seconds,
        int probedExamples) {
    /** In bytes. */
    public record Space(long needed, long available) {}
}
