package io.taxoscope.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** A named tensor to be written: its shape, and its values in row-major order. */
public final class Tensor {
    private static final int CHUNK = 1 << 16;

    private final String name;
    private final DType dtype;
    private final List<Long> shape;
    private final AtomicFiles.Body values;

    private Tensor(String name, DType dtype, List<Long> shape, AtomicFiles.Body values) {
        this.name = name;
        this.dtype = dtype;
        this.shape = shape;
        this.values = values;
    }

    public static Tensor of(String name, float[] values, long... shape) {
        return of(name, DType.F32, values.length, shape, (chunk, at, n) -> chunk.asFloatBuffer()
                .put(values, at, n));
    }

    public static Tensor of(String name, int[] values, long... shape) {
        return of(name, DType.I32, values.length, shape, (chunk, at, n) -> chunk.asIntBuffer()
                .put(values, at, n));
    }

    public static Tensor of(String name, long[] values, long... shape) {
        return of(name, DType.I64, values.length, shape, (chunk, at, n) -> chunk.asLongBuffer()
                .put(values, at, n));
    }

    public static Tensor of(String name, double[] values, long... shape) {
        return of(name, DType.F64, values.length, shape, (chunk, at, n) -> chunk.asDoubleBuffer()
                .put(values, at, n));
    }

    /** A tensor that never lies in memory as a whole: {@code values} writes its little-endian bytes. */
    public static Tensor streamed(String name, DType dtype, AtomicFiles.Body values, long... shape) {
        return new Tensor(name, dtype, sizes(name, shape), values);
    }

    public String name() {
        return name;
    }

    DType dtype() {
        return dtype;
    }

    List<Long> shape() {
        return shape;
    }

    long bytes() {
        return Math.multiplyExact(TensorInfo.elements(shape), dtype.bytes());
    }

    void writeTo(OutputStream out) throws IOException {
        values.writeTo(out);
    }

    private static Tensor of(String name, DType dtype, int length, long[] shape, Fill fill) {
        List<Long> sizes = sizes(name, shape);
        if (TensorInfo.elements(sizes) != length) {
            throw new IllegalArgumentException("tensor " + name + " has " + length + " values, its shape is " + sizes);
        }
        return new Tensor(name, dtype, sizes, out -> inChunks(out, length, dtype.bytes(), fill));
    }

    private static List<Long> sizes(String name, long... shape) {
        List<Long> sizes = Arrays.stream(shape).boxed().toList();
        if (sizes.stream().anyMatch(size -> size < 0)) {
            throw new IllegalArgumentException("tensor " + name + " has a negative size: " + sizes);
        }
        return sizes;
    }

    private interface Fill {
        void put(ByteBuffer chunk, int at, int n);
    }

    private static void inChunks(OutputStream out, int length, int width, Fill fill) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        int perChunk = CHUNK / width;
        for (int at = 0; at < length; at += perChunk) {
            int n = Math.min(perChunk, length - at);
            fill.put(chunk.clear(), at, n);
            out.write(chunk.array(), 0, n * width);
        }
    }
}
