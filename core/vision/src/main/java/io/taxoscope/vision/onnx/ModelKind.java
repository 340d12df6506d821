package io.taxoscope.vision.onnx;

/** What the tap finder takes a graph for. */
public enum ModelKind {
    TRANSFORMER,
    CONVOLUTIONAL,
    /** Not recognised: the taps were named by the user. */
    UNKNOWN
}
