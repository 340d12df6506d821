package io.taxoscope.standalone;

import io.taxoscope.common.ErrorCode;
import io.taxoscope.common.ErrorKind;
import io.taxoscope.common.TaxoscopeException;
import org.jspecify.annotations.Nullable;

/** Why the platform on this machine does not start. */
public enum StandaloneError implements ErrorCode {
    HOME_IN_USE(ErrorKind.CONFLICT),
    HOME_UNUSABLE(ErrorKind.INVALID),
    PORT_IN_USE(ErrorKind.CONFLICT),
    NO_POSTGRES_FOR_THIS_MACHINE(ErrorKind.INVALID),
    ROOT_CANNOT_RUN_POSTGRES(ErrorKind.INVALID),
    DATABASE_NOT_STARTED(ErrorKind.UNAVAILABLE),
    SERVICE_NOT_STARTED(ErrorKind.INTERNAL),
    USAGE(ErrorKind.INVALID),
    NOT_RUNNING(ErrorKind.CONFLICT),
    EXPERIMENT_FAILED(ErrorKind.INTERNAL);

    private final ErrorKind kind;

    StandaloneError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }

    public TaxoscopeException because(String message) {
        return new TaxoscopeException(this, message);
    }

    public TaxoscopeException because(String message, @Nullable Throwable cause) {
        return new TaxoscopeException(this, message, cause);
    }
}
