package io.taxoscope.store;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The mapped rows of one shard, whatever they are stored as. */
final class ShardRows implements AutoCloseable {
    private final Safetensors file;
    private final StoredType type;
    private final int width;
    private final MemorySegment rows;
    private final float @Nullable [] scale_d;

    private ShardRows(Safetensors file, StoredType type, int width) {
        this.file = file;
        this.type = type;
        this.width = width;
        this.rows = file.segment(ShardContent.ACTIVATIONS);
        this.scale_d = type == StoredType.I8 ? file.floats(ShardContent.SCALE) : null;
    }

    /** Takes the file over: it is closed with these rows, or now when it does not hold them. */
    static ShardRows of(Safetensors file, StoredType type, long nRows, int width) {
        try {
            file.require(ShardContent.ACTIVATIONS, type.dtype(), nRows, width);
            if (type == StoredType.I8) {
                file.require(ShardContent.SCALE, DType.F32, width);
            }
            return new ShardRows(file, type, width);
        } catch (RuntimeException damaged) {
            file.close();
            throw damaged;
        }
    }

    /** Copies {@code n} rows from {@code first} on to {@code out_bd} from {@code at} on. */
    void copy(int first, int n, float[] out_bd, int at) {
        type.decode(rows, (long) first * width * type.bytes(), n, width, scale_d, out_bd, at);
    }

    @Override
    public void close() {
        file.close();
    }
}
