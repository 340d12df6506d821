package io.taxoscope.api.activation;

/** Which vector of a tap an example contributes. */
public enum TokenSelection {
    /** The class token of a transformer. */
    CLS,
    /** The mean over the patch tokens, or over the spatial positions of a convolutional feature map. */
    PATCH_MEAN
}
