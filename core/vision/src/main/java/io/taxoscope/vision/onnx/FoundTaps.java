package io.taxoscope.vision.onnx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the tap finder read from a graph.
 *
 * @param taps in the order of depth
 * @param concat absent when no learned token is put beside the patches
 * @param patchMap the feature map [batch, channel, row, column] whose positions become tokens in reading order; absent where the
 *     graph puts them into another order (Hiera), or has no tokens
 */
public record FoundTaps(
        ModelKind kind,
        List<FoundTap> taps,
        @Nullable TokenConcat concat,
        @Nullable String patchMap) {
    public FoundTaps {
        taps = List.copyOf(taps);
    }
}
