package io.taxoscope.support.problems;

import static io.taxoscope.common.ErrorKind.INTERNAL;
import static io.taxoscope.common.ErrorKind.INVALID;
import static io.taxoscope.common.ErrorKind.UNAVAILABLE;

import io.taxoscope.common.ErrorCode;
import io.taxoscope.common.ErrorKind;

/** Failures that any service may answer; docs/api.md explains each. */
enum ProblemCode implements ErrorCode {
    /** The body is no JSON, or does not have the shape of the request. */
    MALFORMED_BODY(INVALID),
    /** The body names a field that does not exist. */
    UNKNOWN_FIELD(INVALID),
    /** A field or parameter cannot hold the value that was sent. */
    UNREADABLE_VALUE(INVALID),
    /** The request can be read, but breaks a rule. */
    VALIDATION_FAILED(INVALID),
    UPSTREAM_UNREACHABLE(UNAVAILABLE),
    UPSTREAM_FAILED(UNAVAILABLE),
    INTERNAL_ERROR(INTERNAL);

    private final ErrorKind kind;

    ProblemCode(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }
}
