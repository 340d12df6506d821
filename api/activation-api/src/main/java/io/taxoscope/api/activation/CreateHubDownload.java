package io.taxoscope.api.activation;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * @param hf {@code organisation/name} or {@code organisation/name@revision}
 * @param revision branch, tag or commit; absent for {@code main}
 * @param file the ONNX file; absent for {@code onnx/model.onnx}, {@code model.onnx}, or the only one
 */
public record CreateHubDownload(
        @NotBlank @Size(max = 300) String hf,
        @Nullable @Size(max = 200) String revision,
        @Nullable @Size(max = 500) String file) {}
