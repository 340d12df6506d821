package io.taxoscope.vision.run;

/** Which vector of a tap an image contributes. */
public enum Token {
    /** The class token of a transformer. */
    CLS,
    /** The mean over the patch tokens, or over the spatial positions of a feature map. */
    PATCH_MEAN
}
