package io.taxoscope.api.sae;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/** @param shardSet hash of the activations to train on */
public record CreateSae(
        @NotBlank String shardSet, @NotNull @Valid SaeConfig config) {}
