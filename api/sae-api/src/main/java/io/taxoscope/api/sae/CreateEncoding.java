package io.taxoscope.api.sae;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/** @param topExamples how many of a latent's strongest examples to keep; absent for 32 */
public record CreateEncoding(
        @NotBlank String saeId,
        @NotBlank String shardSet,
        @Nullable @Positive @Max(1000) Integer topExamples) {}
