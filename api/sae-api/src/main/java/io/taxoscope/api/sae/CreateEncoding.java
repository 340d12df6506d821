package io.taxoscope.api.sae;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/**
 * @param topExamples how many of a latent's strongest examples to keep; absent for 32
 * @param snapshot step of the SAE's training whose weights encode; absent for the finished ones
 */
public record CreateEncoding(
        @NotBlank String saeId,
        @NotBlank String shardSet,
        @Nullable @Positive @Max(1000) Integer topExamples,
        @Nullable @Positive Integer snapshot) {
    public CreateEncoding(String saeId, String shardSet, @Nullable Integer topExamples) {
        this(saeId, shardSet, topExamples, null);
    }
}
