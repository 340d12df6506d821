package io.taxoscope.sae;

import io.taxoscope.common.ErrorCode;
import io.taxoscope.common.ErrorKind;

/** Failures of the SAE engine. */
public enum SaeError implements ErrorCode {
    /** An activation is NaN or infinite. */
    ACTIVATIONS_NOT_FINITE(ErrorKind.INVALID),
    /** All examples have the same activation, so nothing can be learnt. */
    ACTIVATIONS_CONSTANT(ErrorKind.INVALID),
    WIDTH_MISMATCH(ErrorKind.INVALID),
    /** The loss left the finite numbers. */
    TRAINING_DIVERGED(ErrorKind.INVALID),
    CHECKPOINT_UNREADABLE(ErrorKind.CONFLICT),
    WEIGHTS_UNREADABLE(ErrorKind.INVALID),
    /** A file leaves unsaid what the caller must say. */
    OPTION_NEEDED(ErrorKind.INVALID),
    OPTION_WITHOUT_EFFECT(ErrorKind.INVALID),
    /** An SAE cannot be written in the format that was asked for. */
    FORMAT_CANNOT_EXPRESS(ErrorKind.INVALID);

    private final ErrorKind kind;

    SaeError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }
}
