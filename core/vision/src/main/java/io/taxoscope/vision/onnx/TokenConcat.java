package io.taxoscope.vision.onnx;

import java.util.List;

/**
 * Where a transformer puts learned tokens beside its patches.
 *
 * @param leading tensors that come before the patches, in order; not computed from the image
 * @param patches the tensor of patch tokens
 * @param trailing tensors that come after the patches
 */
public record TokenConcat(List<String> leading, String patches, List<String> trailing) {
    public TokenConcat {
        leading = List.copyOf(leading);
        trailing = List.copyOf(trailing);
    }
}
