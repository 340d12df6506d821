package io.taxoscope.vision.run;

import io.taxoscope.vision.onnx.ModelKind;
import java.util.List;

/**
 * What is known about a model once it was read and run.
 *
 * @param fixedBatch the only batch size that the graph takes; 0 when it takes any
 */
public record ModelDescription(ModelKind kind, String inputName, int fixedBatch, List<Tap> taps) {
    public ModelDescription {
        taps = List.copyOf(taps);
    }
}
