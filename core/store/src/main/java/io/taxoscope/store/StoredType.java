package io.taxoscope.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** How the numbers of an activation lie in a shard; whatever it is, readers get single precision back. */
public enum StoredType {
    /** Single precision: every bit is kept. */
    F32,
    /** IEEE half precision: 11 significant bits, up to 65,504 in size. */
    F16,
    /** The upper half of single precision: 8 significant bits, the whole range. */
    BF16,
    /** Whole numbers -127 to 127 times a scale, which each channel of each shard has of its own. */
    I8;

    static final int GREATEST_I8 = 127;
    private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    DType dtype() {
        return DType.valueOf(name());
    }

    /** Bytes of one number. */
    public int bytes() {
        return dtype().bytes();
    }

    /** Whether the finite value has a finite form in this type. */
    boolean holds(float value) {
        return this != F16 || Float.isFinite(Float.float16ToFloat(Float.floatToFloat16(value)));
    }

    /** For each channel the number that its values are divided by, so that the largest becomes 127; null without scales. */
    float @Nullable [] scales(float[] acts_bd, int width) {
        if (this != I8) {
            return null;
        }
        float[] scale_d = new float[width];
        for (int at = 0; at < acts_bd.length; at += width) {
            for (int i = 0; i < width; i++) {
                scale_d[i] = Math.max(scale_d[i], Math.abs(acts_bd[at + i]));
            }
        }
        for (int i = 0; i < width; i++) {
            scale_d[i] = Math.max(scale_d[i] / GREATEST_I8, Float.MIN_NORMAL);
        }
        return scale_d;
    }

    /** Writes the row of {@code width} values from {@code at} on to the start of a little-endian buffer. */
    void encode(float[] acts_bd, int at, int width, float @Nullable [] scale_d, ByteBuffer out) {
        switch (this) {
            case F32 -> out.asFloatBuffer().put(acts_bd, at, width);
            case F16 -> {
                for (int i = 0; i < width; i++) {
                    out.putShort(2 * i, Float.floatToFloat16(acts_bd[at + i]));
                }
            }
            case BF16 -> {
                for (int i = 0; i < width; i++) {
                    out.putShort(2 * i, upperHalf(acts_bd[at + i]));
                }
            }
            case I8 -> {
                for (int i = 0; i < width; i++) {
                    out.put(i, (byte) Math.rint(acts_bd[at + i] / scale(scale_d, i)));
                }
            }
        }
    }

    /** Reads {@code n} whole rows that begin at the byte {@code offset}. */
    void decode(MemorySegment rows, long offset, int n, int width, float @Nullable [] scale_d, float[] out, int at) {
        int values = n * width;
        switch (this) {
            case F32 -> MemorySegment.copy(rows, Safetensors.F32, offset, out, at, values);
            case F16 -> {
                for (int i = 0; i < values; i++) {
                    out[at + i] = Float.float16ToFloat(rows.get(HALF, offset + 2L * i));
                }
            }
            case BF16 -> {
                for (int i = 0; i < values; i++) {
                    out[at + i] = Float.intBitsToFloat(rows.get(HALF, offset + 2L * i) << 16);
                }
            }
            case I8 -> {
                for (int row = 0; row < values; row += width) {
                    for (int i = 0; i < width; i++) {
                        byte level = rows.get(ValueLayout.JAVA_BYTE, offset + row + i);
                        out[at + row + i] = level * scale(scale_d, i);
                    }
                }
            }
        }
    }

    private static float scale(float @Nullable [] scale_d, int channel) {
        if (scale_d == null) {
            throw new IllegalStateException("I8 without scales");
        }
        return scale_d[channel];
    }

    /** Rounds to the nearest, ties to even. */
    private static short upperHalf(float value) {
        int bits = Float.floatToRawIntBits(value);
        int rounded = bits + 0x7FFF + (bits >>> 16 & 1);
        // Above 3.39e38 rounding would give infinity; the greatest finite number is nearer to what was meant.
        return (short) ((rounded & 0x7F80_0000) == 0x7F80_0000 ? bits >>> 16 : rounded >>> 16);
    }
}
