package io.taxoscope.vision.run;

/** Which vectors of a tap an image contributes. */
public enum Token {
    /** The class token of a transformer. */
    CLS,
    /** The mean over the patch tokens, or over the spatial positions of a feature map. */
    PATCH_MEAN,
    /** Every learned token that is neither class token nor patch. */
    REGISTERS,
    /** Every patch token, or every position of a feature map. */
    PATCHES,
    /** Some of the patches, as a {@link PatchSample} says. */
    PATCH_SAMPLE;

    /** Whether an image contributes exactly one vector, which can stand for it. */
    public boolean isOne() {
        return this == CLS || this == PATCH_MEAN;
    }
}
