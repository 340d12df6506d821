package io.taxoscope.api.activation;

import io.taxoscope.api.Source;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * @param source a safetensors file with {@code pixel_values} and the reference's hidden states
 * @param tolerance largest relative difference that still counts as the same; 1e-4 when absent
 */
public record VerifyModel(
        @NotNull @Valid Source source,
        @Nullable @DecimalMin("0") @DecimalMax("1") Double tolerance) {}
