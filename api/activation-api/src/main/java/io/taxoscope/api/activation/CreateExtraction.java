package io.taxoscope.api.activation;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param taps names of taps of the model; absent for every {@code resid_post} (or stage) tap
 * @param tokens which vectors to keep; one shard set for each tap and token
 * @param patchSample which patches PATCH_SAMPLE keeps; with it only
 * @param storedType how numbers are stored; absent for F32
 * @param batchSize images in one run of the model; absent for 16
 * @param imagesPerShard images in one shard, the unit of resuming; absent for 1024, or fewer when that would be more than 512 MiB
 */
public record CreateExtraction(
        @NotBlank String modelId,
        @NotBlank String datasetId,
        @Nullable List<@NotBlank String> taps,
        @NotEmpty List<@NotNull TokenSelection> tokens,
        @Nullable @Valid PatchSample patchSample,
        @Nullable StoredType storedType,
        @Nullable @Positive @Max(4096) Integer batchSize,
        @Nullable @Positive @Max(1_000_000) Integer imagesPerShard) {
    /** Vectors that need no sample, in single precision. */
    public CreateExtraction(
            String modelId,
            String datasetId,
            @Nullable List<String> taps,
            List<TokenSelection> tokens,
            @Nullable Integer batchSize,
            @Nullable Integer imagesPerShard) {
        this(modelId, datasetId, taps, tokens, null, null, batchSize, imagesPerShard);
    }
}
