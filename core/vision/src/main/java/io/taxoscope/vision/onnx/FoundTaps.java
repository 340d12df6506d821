package io.taxoscope.vision.onnx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the tap finder read from a graph.
 *
 * @param taps in the order of depth
 * @param concat absent when no learned token is put before the patches
 */
public record FoundTaps(
        ModelKind kind, List<FoundTap> taps, @Nullable TokenConcat concat) {
    public FoundTaps {
        taps = List.copyOf(taps);
    }
}
