package io.taxoscope.api.sae;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param encodingId a finished encoding, whose codes are decoded
 * @param edits what becomes of chosen latents, at most one edit each; absent for the plain reconstruction
 * @param keepError whether what the SAE does not explain, x - x̂, is added again, so that only the edits differ from the
 *     activations; needs edits
 */
public record CreateReconstruction(
        @NotBlank String encodingId,
        @Nullable @Size(min = 1, max = 1000) List<@NotNull @Valid LatentEdit> edits,
        boolean keepError) {}
