package io.taxoscope.api.activation;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/**
 * Which patches of each example are kept.
 *
 * @param count patches of each example
 * @param seed of RANDOM, absent for 0; the same seed chooses the same patches
 */
public record PatchSample(
        @NotNull Order order,
        @Positive @Max(65_536) int count,
        @Nullable Long seed) {
    /** How the patches are chosen. */
    public enum Order {
        /** Each example's own. */
        RANDOM,
        /** The same of every example, evenly spaced in reading order. */
        STRIDED
    }
}
