package io.taxoscope.api.sae;

import io.taxoscope.api.JobView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param shardSet what it was trained on; absent for an imported SAE
 * @param config as submitted, with {@code width} resolved; absent for an imported SAE
 * @param inputWidth length of one activation vector
 * @param weights hash of the weights file in the store, once trained
 * @param snapshots weights kept on the way, as far as the training has come
 * @param curve the training curve, one point every few steps
 * @param provenance what made these weights, once trained
 * @param imported where it comes from; absent for an SAE that was trained here
 * @param stoppedAt steps taken, when early stopping ended the training before its last one
 * @param group the group that it was ordered with; absent for an SAE that was ordered alone
 */
public record SaeView(
        String id,
        JobView job,
        @Nullable String shardSet,
        @Nullable SaeConfig config,
        int inputWidth,
        @Nullable String weights,
        List<Snapshot> snapshots,
        List<CurvePoint> curve,
        @Nullable Provenance provenance,
        @Nullable ImportedSae imported,
        @Nullable Integer stoppedAt,
        @Nullable String group) {

    /** @param weights hash of the weights file in the store */
    public record Snapshot(int step, String weights) {}

    /**
     * @param loss mean squared error per element over the batch
     * @param fvu fraction of variance unexplained over the batch
     * @param l0 active latents per example over the batch
     * @param deadFraction latents silent for longer than the dead window
     * @param validationFvu FVU of the held-out examples when early stopping measured it last; absent without, and before
     */
    public record CurvePoint(
            int step,
            double loss,
            double fvu,
            double l0,
            double deadFraction,
            double learningRate,
            @Nullable Double validationFvu) {}

    /**
     * @param kernel which implementation did the arithmetic
     * @param threads worker threads
     * @param seconds time spent training, over all attempts that counted
     */
    public record Provenance(
            String kernel, int threads, double seconds, double examplesPerSecond, String codeRevision) {}
}
