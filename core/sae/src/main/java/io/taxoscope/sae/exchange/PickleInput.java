package io.taxoscope.sae.exchange;

import io.taxoscope.sae.exchange.Unpickler.RefusedPickle;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle as numbers and text; whoever reads behind their end is refused. */
final class PickleInput {
    private static final int MAX_TEXT = 1 << 16;

    private final ByteBuffer in;

    PickleInput(byte[] pickle) {
        this.in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    }

    boolean isAtEnd() {
        return !in.hasRemaining();
    }

    /** A number of one or two bytes. */
    int unsigned(int bytes) {
        return bytes == 1 ? next(1).get() & 0xff : next(2).getShort() & 0xffff;
    }

    /** A number of four bytes. */
    int number() {
        return next(4).getInt();
    }

    /** A number of eight bytes. */
    long longNumber() {
        return next(8).getLong();
    }

    double bigEndianDouble() {
        return Double.longBitsToDouble(Long.reverseBytes(next(8).getLong()));
    }

    /** LONG1: little-endian, two's complement, of up to eight bytes. */
    long bigNumber(int length) {
        if (length > Long.BYTES) {
            throw refused("has a number of " + length + " bytes");
        }
        byte[] little = new byte[length];
        next(length).get(little);
        byte[] big = new byte[length + 1];
        for (int i = 0; i < length; i++) {
            big[length - i] = little[i];
        }
        if (length > 0) {
            big[0] = (byte) (little[length - 1] < 0 ? 0xff : 0);
        }
        return new BigInteger(big).longValue();
    }

    String text(long length) {
        if (length < 0 || length > MAX_TEXT) {
            throw refused("has a text of " + length + " bytes");
        }
        byte[] bytes = new byte[(int) length];
        next((int) length).get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Up to the next line's end, which is left out. */
    String line() {
        int start = in.position();
        while (next(1).get() != '\n') {
            if (in.position() - start > MAX_TEXT) {
                throw refused("has a name without end");
            }
        }
        return new String(in.array(), start, in.position() - start - 1, StandardCharsets.UTF_8);
    }

    private ByteBuffer next(int bytes) {
        if (in.remaining() < bytes) {
            throw refused("ends in the middle");
        }
        return in;
    }

    RefusedPickle refused(String reason) {
        return new RefusedPickle("the pickle %s (at byte %d)".formatted(reason, in.position()));
    }
}
