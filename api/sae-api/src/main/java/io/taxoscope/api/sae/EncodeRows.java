package io.taxoscope.api.sae;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Activations to encode at once.
 *
 * @param rows vectors of the SAE's input width
 * @param snapshot step of the training whose weights encode; absent for the finished ones
 * @param strongest keep only this many latents of each row, the strongest first; absent for all, by ascending latent
 */
public record EncodeRows(
        @NotEmpty @Size(max = 10_000) List<@NotEmpty List<@NotNull Float>> rows,
        @Nullable @Positive Integer snapshot,
        @Nullable @Positive Integer strongest) {}
