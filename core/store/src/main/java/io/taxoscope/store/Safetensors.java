package io.taxoscope.store;

import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file, mapped into memory: an 8-byte little-endian length, a JSON header, raw row-major tensors. Nothing
 * in it is executed, and a file that breaks the format is refused when it is opened.
 */
public final class Safetensors implements AutoCloseable {
    static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfDouble F64 = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String file;
    private final Arena arena;
    private final MemorySegment data;
    private final SafetensorsHeader header;

    private Safetensors(String file, Arena arena, MemorySegment data, SafetensorsHeader header) {
        this.file = file;
        this.arena = arena;
        this.data = data;
        this.header = header;
    }

    /** Maps the file and checks its header; fails with {@code SAFETENSORS_INVALID}. */
    public static Safetensors read(Path path) {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            MemorySegment whole = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            byte[] json = headerBytes(whole, path.toString());
            MemorySegment data = whole.asSlice(Long.BYTES + (long) json.length);
            var header = SafetensorsHeader.parse(json, data.byteSize(), path.toString());
            return new Safetensors(path.toString(), arena, data, header);
        } catch (IOException failure) {
            arena.close();
            throw StoreError.STORE_UNREADABLE.because("cannot read " + path + ": " + failure, failure);
        } catch (RuntimeException refused) {
            arena.close();
            throw refused;
        }
    }

    /** Writes a whole file atomically and answers its hash. The same tensors and metadata give the same bytes. */
    public static Sha256 write(Path path, Map<String, String> metadata, List<Tensor> tensors) {
        return AtomicFiles.write(path, out -> write(out, metadata, tensors));
    }

    /** Tensors lie in the file by descending element size, then by name, so that each is aligned to its elements. */
    public static void write(OutputStream out, Map<String, String> metadata, List<Tensor> tensors) throws IOException {
        requireDistinctNames(tensors);
        List<Tensor> inOrder = tensors.stream()
                .sorted(Comparator.comparingInt(
                                (Tensor tensor) -> -tensor.dtype().bytes())
                        .thenComparing(Tensor::name))
                .toList();
        byte[] json = SafetensorsHeader.render(metadata, inOrder);
        out.write(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .array());
        out.write(json);
        for (Tensor tensor : inOrder) {
            var counting = new CountingOutput(out);
            tensor.writeTo(counting);
            if (counting.count != tensor.bytes()) {
                throw new IllegalStateException(
                        "tensor " + tensor.name() + " wrote " + counting.count + " bytes of " + tensor.bytes());
            }
        }
    }

    /** Free-form pairs of the header, sorted by key. */
    public Map<String, String> metadata() {
        return Map.copyOf(header.metadata());
    }

    public Set<String> names() {
        return Set.copyOf(header.tensors().keySet());
    }

    public boolean has(String name) {
        return header.tensors().containsKey(name);
    }

    public TensorInfo info(String name) {
        TensorInfo info = header.tensors().get(name);
        if (info == null) {
            throw StoreError.TENSOR_NOT_FOUND.because(file + " has no tensor " + name + "; it has "
                    + header.tensors().keySet());
        }
        return info;
    }

    /** The tensor's bytes in the mapped file; valid until this is closed. */
    public MemorySegment segment(String name) {
        TensorInfo info = info(name);
        return data.asSlice(info.begin(), info.end() - info.begin());
    }

    /** A copy of an F32 tensor. */
    public float[] floats(String name) {
        requireType(name, DType.F32);
        float[] values = new float[arrayLength(name)];
        MemorySegment.copy(segment(name), F32, 0, values, 0, values.length);
        return values;
    }

    /** A copy of an F64 tensor. */
    public double[] doubles(String name) {
        requireType(name, DType.F64);
        double[] values = new double[arrayLength(name)];
        MemorySegment.copy(segment(name), F64, 0, values, 0, values.length);
        return values;
    }

    /** A copy of an I32 tensor. */
    public int[] ints(String name) {
        requireType(name, DType.I32);
        int[] values = new int[arrayLength(name)];
        MemorySegment.copy(segment(name), I32, 0, values, 0, values.length);
        return values;
    }

    /** A copy of an I64 tensor. */
    public long[] longs(String name) {
        requireType(name, DType.I64);
        long[] values = new long[arrayLength(name)];
        MemorySegment.copy(segment(name), I64, 0, values, 0, values.length);
        return values;
    }

    /** Fails with {@code TENSOR_TYPE_MISMATCH} unless the tensor is of this type and shape. */
    public void require(String name, DType dtype, long... shape) {
        requireType(name, dtype);
        List<Long> expected = Arrays.stream(shape).boxed().toList();
        if (!info(name).shape().equals(expected)) {
            throw mismatch(name, dtype + expected.toString());
        }
    }

    @Override
    public void close() {
        arena.close();
    }

    private void requireType(String name, DType dtype) {
        if (info(name).dtype() != dtype) {
            throw mismatch(name, dtype.toString());
        }
    }

    private int arrayLength(String name) {
        long elements = info(name).elements();
        if (elements > Integer.MAX_VALUE - 8) {
            throw mismatch(name, "at most 2^31 - 9 elements; read its segment piece by piece");
        }
        return (int) elements;
    }

    private TaxoscopeException mismatch(String name, String expected) {
        TensorInfo info = info(name);
        return StoreError.TENSOR_TYPE_MISMATCH.because(
                "tensor " + name + " of " + file + " is " + info.dtype() + info.shape() + ", expected " + expected);
    }

    private static byte[] headerBytes(MemorySegment whole, String file) {
        long size = whole.byteSize();
        long length = size < Long.BYTES ? -1 : whole.get(I64, 0);
        if (length < 0 || length > size - Long.BYTES || length > SafetensorsHeader.MAX_BYTES) {
            throw StoreError.SAFETENSORS_INVALID.because(
                    file + " is no valid safetensors file: of its " + size + " bytes the header would take " + length);
        }
        return whole.asSlice(Long.BYTES, length).toArray(ValueLayout.JAVA_BYTE);
    }

    private static void requireDistinctNames(List<Tensor> tensors) {
        var seen = new HashSet<String>();
        for (Tensor tensor : tensors) {
            if (tensor.name().equals("__metadata__") || !seen.add(tensor.name())) {
                throw new IllegalArgumentException("tensor name used twice or reserved: " + tensor.name());
            }
        }
    }

    private static final class CountingOutput extends FilterOutputStream {
        private long count;

        CountingOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }
    }
}
