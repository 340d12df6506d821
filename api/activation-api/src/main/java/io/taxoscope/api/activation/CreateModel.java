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
 * @param source an ONNX file, or a model of the hub that has one
 * @param preprocessing how images become inputs; may be left out for a model of the hub, whose
 *     {@code preprocessor_config.json} is read then
 * @param taps names of graph tensors to tap instead of those that the tap finder finds
 */
public record CreateModel(
        @NotBlank @Size(max = 200) String name,
        @NotNull @Valid Source source,
        @Nullable @Valid Preprocessing preprocessing,
        @Nullable List<@NotBlank String> taps) {}
