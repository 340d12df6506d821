package io.taxoscope.store;

import io.taxoscope.common.ErrorCode;
import io.taxoscope.common.ErrorKind;
import io.taxoscope.common.TaxoscopeException;
import org.jspecify.annotations.Nullable;

/** What can be wrong with stored bytes. */
public enum StoreError implements ErrorCode {
    SAFETENSORS_INVALID(ErrorKind.INVALID),
    TENSOR_NOT_FOUND(ErrorKind.INVALID),
    TENSOR_TYPE_MISMATCH(ErrorKind.INVALID),
    DATASET_MANIFEST_INVALID(ErrorKind.INVALID),
    BLOB_NOT_FOUND(ErrorKind.NOT_FOUND),
    BLOB_CORRUPT(ErrorKind.INTERNAL),
    SHARD_SET_NOT_FOUND(ErrorKind.NOT_FOUND),
    CODES_NOT_FOUND(ErrorKind.NOT_FOUND),
    FILE_NOT_FOUND(ErrorKind.NOT_FOUND),
    MANIFEST_CORRUPT(ErrorKind.INTERNAL),
    MANIFEST_UNSUPPORTED(ErrorKind.INVALID),
    SHARD_MISSING(ErrorKind.INTERNAL),
    /** The file is shorter or longer than its manifest says. */
    SHARD_TRUNCATED(ErrorKind.INTERNAL),
    /** The file has the right length but other bytes than its manifest says. */
    SHARD_CORRUPT(ErrorKind.INTERNAL),
    /** Sealed before every shard was committed. */
    SHARDS_INCOMPLETE(ErrorKind.CONFLICT),
    VALUES_NOT_FINITE(ErrorKind.INVALID),
    /** Finite, but the stored type would make them infinite. */
    VALUES_OUT_OF_RANGE(ErrorKind.INVALID),
    CODES_MALFORMED(ErrorKind.INVALID),
    STORE_UNREADABLE(ErrorKind.UNAVAILABLE),
    STORE_UNWRITABLE(ErrorKind.UNAVAILABLE);

    private final ErrorKind kind;

    StoreError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }

    TaxoscopeException because(String message) {
        return new TaxoscopeException(this, message);
    }

    TaxoscopeException because(String message, @Nullable Throwable cause) {
        return new TaxoscopeException(this, message, cause);
    }
}
