package io.taxoscope.api.sae;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * What becomes of one latent's code.
 *
 * @param value in the code's own units, or a factor for SCALE
 */
public record LatentEdit(
        @PositiveOrZero int latent,
        @NotNull Operation operation,
        @PositiveOrZero double value) {
    public enum Operation {
        /** The value, whether the latent fires or not; 0 ablates it. */
        SET,
        /** The code times the value; 0 ablates the latent, above 1 amplifies it where it fires. */
        SCALE,
        /** The code, but no more than the value. */
        AT_MOST,
        /** The code, but no less than the value. */
        AT_LEAST
    }
}
