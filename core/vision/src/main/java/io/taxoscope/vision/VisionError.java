package io.taxoscope.vision;

import io.taxoscope.common.ErrorCode;
import io.taxoscope.common.ErrorKind;

/** What can be wrong with a model file or an image. */
public enum VisionError implements ErrorCode {
    /** The file is no ONNX model. */
    NOT_ONNX,
    /** Weights lie in another file, which is not beside the model. */
    EXTERNAL_DATA_MISSING,
    /** The model does not take one batch of float32 images as NCHW. */
    UNSUPPORTED_INPUT,
    /** The tap finder recognised no residual stream. */
    NO_TAPS_FOUND,
    /** A tap names a tensor that the graph does not have, or one that is not computed from the image. */
    UNKNOWN_TENSOR,
    /** ONNX Runtime refuses the model, or a tap is no batch of float vectors. */
    MODEL_NOT_RUNNABLE,
    /** An activation is NaN or infinite. */
    ACTIVATIONS_NOT_FINITE,
    /** The model's outputs cannot be computed from the tap on, or are not what they are said to be. */
    NOT_SPLICEABLE,
    /** The tap has no such token. */
    TOKEN_NOT_AVAILABLE,
    /** The preprocessing contradicts itself or the model. */
    INVALID_PREPROCESSING,
    /** The file is in no image format that we read. */
    UNSUPPORTED_IMAGE,
    /** The file starts like an image but cannot be decoded to its end. */
    CORRUPT_IMAGE,
    /** The file or the picture in it is above the limit. */
    IMAGE_TOO_LARGE;

    @Override
    public ErrorKind kind() {
        return ErrorKind.INVALID;
    }
}
