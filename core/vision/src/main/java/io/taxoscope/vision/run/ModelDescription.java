package io.taxoscope.vision.run;

import io.taxoscope.vision.onnx.ModelKind;
import java.util.List;

/**
 * What is known about a model once it was read and run.
 *
 * @param fixedBatch the only batch size that the graph takes; 0 when it takes any
 */
public record ModelDescription(ModelKind kind, String inputName, int fixedBatch, List<Tap> taps) {
    private static final String RESIDUAL_STREAM = ".resid_post";
    private static final String STAGE = "stages.";

    public ModelDescription {
        taps = List.copyOf(taps);
    }

    /**
     * Whether a tap is meant where none is named: the residual stream after every block, the end of every stage where there are no
     * residual blocks, and every tap of a graph whose taps the user has named.
     */
    public boolean isDefault(Tap tap) {
        return kind == ModelKind.UNKNOWN
                || tap.name().endsWith(RESIDUAL_STREAM)
                || (tap.name().startsWith(STAGE)
                        && taps.stream().noneMatch(other -> other.name().endsWith(RESIDUAL_STREAM)));
    }
}
