package io.taxoscope.api.activation;

/** Which vectors of a tap an example contributes. Only one for each example can be scored against its label. */
public enum TokenSelection {
    /** The class token of a transformer. */
    CLS,
    /** The mean over the patch tokens, or over the spatial positions of a convolutional feature map. */
    PATCH_MEAN,
    /** Every learned token that is neither class token nor patch. */
    REGISTERS,
    /** Every patch token, or every position of a feature map in reading order. */
    PATCHES,
    /** Some of the patches, as {@code patchSample} says. */
    PATCH_SAMPLE
}
