package io.taxoscope.sae.exchange;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.sae.SaeError;
import io.taxoscope.store.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Little-endian numbers of any type as single precision. */
final class Numbers {
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Numbers() {}

    /** The first {@code count} numbers; fails for types that are no weights. */
    static float[] floats(String name, DType dtype, MemorySegment bytes, long count) {
        if (count > Integer.MAX_VALUE - 64) {
            throw unfit(name, count + " numbers, more than fit in one array");
        }
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(name, dtype, bytes, i);
        }
        return values;
    }

    /** One number; what single precision cannot hold exactly (F64, large integers) is rounded. */
    static float number(String name, DType dtype, MemorySegment bytes, long index) {
        return switch (dtype) {
            case F32 -> Float.intBitsToFloat(bytes.getAtIndex(I32, index));
            case F64 -> (float) Double.longBitsToDouble(bytes.getAtIndex(I64, index));
            case F16 -> Float.float16ToFloat(bytes.getAtIndex(I16, index));
            case BF16 -> Float.intBitsToFloat(bytes.getAtIndex(I16, index) << 16);
            case I64 -> bytes.getAtIndex(I64, index);
            case I32 -> bytes.getAtIndex(I32, index);
            case I16 -> bytes.getAtIndex(I16, index);
            case I8 -> bytes.get(ValueLayout.JAVA_BYTE, index);
            case U8, BOOL -> bytes.get(ValueLayout.JAVA_BYTE, index) & 0xff;
            case U16, U32, U64, F8_E5M2, F8_E4M3 -> throw unfit(name, "the type " + dtype + ", which no SAE has");
        };
    }

    private static TaxoscopeException unfit(String name, String what) {
        return new TaxoscopeException(SaeError.WEIGHTS_UNREADABLE, "tensor %s has %s".formatted(name, what));
    }
}
