package io.taxoscope.vision.onnx;

import java.util.List;

/**
 * Where a transformer puts learned tokens before its patches.
 *
 * @param leading tensors that come before the patches, in order; not computed from the image
 * @param patches the tensor of patch tokens
 */
public record TokenConcat(List<String> leading, String patches) {
    public TokenConcat {
        leading = List.copyOf(leading);
    }
}
