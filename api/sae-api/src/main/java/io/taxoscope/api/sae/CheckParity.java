package io.taxoscope.api.sae;

import io.taxoscope.api.Source;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/**
 * What an SAE's codes are compared with. With {@code reference}, the codes of another implementation: a safetensors file
 * with {@code x [n, width]}, {@code z [n, latents]} and perhaps {@code decoded [n, width]}. Otherwise the formula of the
 * SAE's format, computed in double precision on the numbers of its files as they stand.
 *
 * @param reference a safetensors file
 * @param shardSet activations whose first rows are encoded; absent for generated ones
 * @param rows how many; absent for 1,000
 */
public record CheckParity(
        @Nullable @Valid Source reference,
        @Nullable String shardSet,
        @Nullable @Positive @Max(100_000) Integer rows) {}
