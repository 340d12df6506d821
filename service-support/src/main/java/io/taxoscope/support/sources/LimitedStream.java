package io.taxoscope.support.sources;

import io.taxoscope.common.TaxoscopeException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.util.unit.DataSize;

/** A stream that fails once more bytes were read than are allowed, whatever its length was said to be. */
public final class LimitedStream extends FilterInputStream {
    private final TaxoscopeException tooLarge;
    private long left;

    public LimitedStream(InputStream in, long limit, TaxoscopeException tooLarge) {
        super(in);
        this.left = limit;
        this.tooLarge = tooLarge;
    }

    public static TaxoscopeException tooLarge(String what, DataSize limit) {
        return SourceError.SOURCE_TOO_LARGE.because(
                "%s has more than the %d bytes that are taken (taxoscope.sources.max-bytes)"
                        .formatted(what, limit.toBytes()));
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            count(1);
        }
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        count(Math.max(0, n));
        return n;
    }

    private void count(int n) {
        left -= n;
        if (left < 0) {
            throw tooLarge;
        }
    }
}
