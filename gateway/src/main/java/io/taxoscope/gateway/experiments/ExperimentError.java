package io.taxoscope.gateway.experiments;

import static io.taxoscope.common.ErrorKind.CONFLICT;
import static io.taxoscope.common.ErrorKind.INVALID;
import static io.taxoscope.common.ErrorKind.NOT_FOUND;

import io.taxoscope.common.ErrorCode;
import io.taxoscope.common.ErrorKind;

/** How asking for experiments and their results can fail. */
public enum ExperimentError implements ErrorCode {
    EXPERIMENT_INVALID(INVALID),
    EXPERIMENT_NOT_FOUND(NOT_FOUND),
    EXPERIMENT_NOT_FINISHED(CONFLICT),
    LAYER_NOT_FOUND(NOT_FOUND),
    LAYER_NOT_SCORED(CONFLICT),
    /** They were deleted, or an upgrade of the platform took them back. */
    SCORES_GONE(CONFLICT),
    /** The experiment does not ask for this control, or has not scored it yet. */
    VARIANT_NOT_SCORED(CONFLICT),
    SYNSET_NOT_FOUND(NOT_FOUND),
    LABELS_UNRESOLVED(INVALID),
    STAGE_FAILED(CONFLICT),
    STAGE_CANCELLED(CONFLICT),
    STAGE_REFUSED(INVALID),
    PARAMETER_INVALID(INVALID);

    private final ErrorKind kind;

    ExperimentError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }
}
