package io.taxoscope.api.activation;

import io.taxoscope.api.Source;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param name for people; need not be unique
 * @param source an ONNX file
 * @param preprocessing how images become inputs
 * @param taps names of graph tensors to tap instead of those that the tap finder finds
 */
public record CreateModel(
        @NotBlank @Size(max = 200) String name,
        @NotNull @Valid Source source,
        @NotNull @Valid Preprocessing preprocessing,
        @Nullable List<@NotBlank String> taps) {}
