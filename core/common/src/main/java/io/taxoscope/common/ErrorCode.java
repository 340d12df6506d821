package io.taxoscope.common;

/** A failure that callers may branch on; each module has one enum of them. */
public interface ErrorCode {
    /** Stable upper-case name, such as {@code MODEL_NOT_FOUND}. */
    String name();

    ErrorKind kind();
}
