package io.taxoscope.support.jobs;

import static io.taxoscope.common.ErrorKind.CONFLICT;
import static io.taxoscope.common.ErrorKind.INTERNAL;
import static io.taxoscope.common.ErrorKind.INVALID;
import static io.taxoscope.common.ErrorKind.NOT_FOUND;

import io.taxoscope.common.ErrorCode;
import io.taxoscope.common.ErrorKind;

enum JobError implements ErrorCode {
    JOB_NOT_FOUND(NOT_FOUND),
    JOB_FINISHED(CONFLICT),
    JOB_NOT_FINISHED(CONFLICT),
    JOB_NOT_RETRYABLE(CONFLICT),
    IDEMPOTENCY_KEY_REUSED(CONFLICT),
    IDEMPOTENCY_KEY_TOO_LONG(INVALID),
    WORKER_KEPT_DYING(INTERNAL),
    UNEXPECTED_FAILURE(INTERNAL);

    private final ErrorKind kind;

    JobError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }
}
