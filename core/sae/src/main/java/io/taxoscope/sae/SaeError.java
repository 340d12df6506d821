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
    WEIGHTS_UNREADABLE(ErrorKind.INVALID);

    private final ErrorKind kind;

    SaeError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }
}
