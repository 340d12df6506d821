package io.taxoscope.common;

/** What a failure means to a caller; an edge such as HTTP decides how to say it. */
public enum ErrorKind {
    /** The request itself is wrong; repeating it unchanged cannot help. */
    INVALID,
    NOT_FOUND,
    /** The request is fine but does not fit the present state. */
    CONFLICT,
    /** Try again later. */
    OVERLOADED,
    /** A service or file that we depend on did not answer as agreed. */
    UNAVAILABLE,
    INTERNAL
}
