package io.taxoscope.api.gateway;

import io.taxoscope.api.JobState;
import io.taxoscope.api.JobView.JobError;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param spec as submitted, with every default filled in
 * @param progress share done, 0 to 1, weighted by the expected time of the stages
 * @param etaSeconds seconds until done, once it can be said
 * @param stages in the order in which they run
 * @param modelId once registered
 * @param datasetId once registered
 * @param version grows with every change; the id of the event that announced it
 */
public record ExperimentView(
        String id,
        String name,
        JobState state,
        ExperimentSpec spec,
        double progress,
        @Nullable Double etaSeconds,
        List<Stage> stages,
        @Nullable String modelId,
        @Nullable String datasetId,
        @Nullable String extractionId,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable JobError error,
        long version) {

    /**
     * @param layer the tap that it works on; absent for stages of the whole experiment
     * @param variant the dictionary that it works on; absent for stages of the whole experiment
     * @param step of the training, for a CHECKPOINT
     * @param resource path of the job behind it, such as {@code /api/v1/saes/0193…}
     */
    public record Stage(
            Kind kind,
            @Nullable String layer,
            @Nullable Variant variant,
            @Nullable Integer step,
            JobState state,
            long done,
            long total,
            String unit,
            @Nullable String resource,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {

        public enum Kind {
            REGISTER_MODEL,
            REGISTER_DATASET,
            RESOLVE_LABELS,
            EXTRACT,
            /** Makes the dictionary: trains it, or derives it from initial weights or from the activations. */
            TRAIN,
            ENCODE,
            SCORE,
            /** How the latents relate to each other and to the synsets. */
            RELATE,
            /** Which latents of the trained SAE are found again in the second seed's. */
            COMPARE_SEEDS,
            /** Which latents of the next layer fire with those of this one. */
            FOLLOW
        }
    }
}
