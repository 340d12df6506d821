package io.taxoscope.api.sae;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/**
 * @param encodingId a finished encoding
 * @param alignmentExamples examples that CKNNA and CKA compare, spread evenly over the set; absent for 1,000 or as many as
 *     there are. Both depend on the number: compare equal ones
 * @param neighbours of an example in CKNNA; absent for 10
 * @param probeExamples examples in either half of the probes, spread evenly over the set; absent for 2,000 or as many as
 *     there are
 * @param ridge penalty of the probes as a share of the mean squared length of the centred training examples; absent for 0.01
 */
public record CreateEvaluation(
        @NotBlank String encodingId,
        @Nullable @Min(20) @Max(4096) Integer alignmentExamples,
        @Nullable @Positive @Max(1000) Integer neighbours,
        @Nullable @Min(10) @Max(4096) Integer probeExamples,
        @Nullable @Positive Double ridge) {}
