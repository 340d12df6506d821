package io.taxoscope.api.sae;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/**
 * How a gradient becomes a step.
 *
 * @param weightDecay share of a weight that a step at learning rate 1 would take away; ADAMW requires it, MUON has it for the
 *     matrices where it is set
 * @param momentum SIGNUM and MUON, and required there: what stays of the gradient's moving average
 * @param maxGradientNorm not MUON: the gradient of all parameters together is shortened to it; absent for no clipping
 */
public record OptimizerSpec(
        @NotNull Rule rule,
        @Nullable @Positive Double weightDecay,

        @Nullable @PositiveOrZero @DecimalMax(value = "1", inclusive = false) Double momentum,

        @Nullable @Positive Double maxGradientNorm) {
    public enum Rule {
        ADAM,
        ADAMW,
        SIGNUM,
        /** Orthogonal momentum for both matrices, Adam for the rest (Jordan et al. 2024). */
        MUON
    }
}
