package io.taxoscope.store;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One shard's activations as they will be stored. The shard carries its own moments and what its rounding cost, so that a
 * job that was killed need not read a committed shard again for them.
 */
final class ShardContent {
    static final String ACTIVATIONS = "activations";
    static final String SCALE = "scale";
    static final String TOKENS = "tokens";
    static final String MEAN = "mean";
    static final String SQUARES = "squares";
    static final String ERROR = "squared_error";
    static final String GREATEST_ERROR = "greatest_error";

    private final StoredType type;
    private final int width;
    private final float[] acts_bd;
    private final float @Nullable [] scale_d;
    private final RunningMoments moments;
    private double squaredError;
    private double greatestError;

    ShardContent(StoredType type, int width, float[] acts_bd) {
        this.type = type;
        this.width = width;
        this.acts_bd = acts_bd;
        this.scale_d = type.scales(acts_bd, width);
        this.moments = new RunningMoments(width);
        measure();
    }

    /** Reads every row back as a reader will. */
    private void measure() {
        byte[] bytes = new byte[width * type.bytes()];
        MemorySegment stored = MemorySegment.ofArray(bytes);
        float[] row_d = new float[width];
        for (int at = 0; at < acts_bd.length; at += width) {
            type.encode(acts_bd, at, width, scale_d, little(bytes));
            type.decode(stored, 0, 1, width, scale_d, row_d, 0);
            moments.add(row_d);
            for (int i = 0; type != StoredType.F32 && i < width; i++) {
                double error = Math.abs((double) acts_bd[at + i] - row_d[i]);
                squaredError += error * error;
                greatestError = Math.max(greatestError, error);
            }
        }
    }

    /** @param tokens_b for each row the index of its token, or null when all rows are of the same */
    void writeTo(OutputStream out, int @Nullable [] tokens_b) throws IOException {
        long rows = acts_bd.length / width;
        List<Tensor> tensors = new ArrayList<>(List.of(
                Tensor.streamed(ACTIVATIONS, type.dtype(), this::writeRows, rows, width),
                Tensor.of(MEAN, moments.mean_d(), width),
                Tensor.of(SQUARES, moments.squares_d(), width)));
        if (scale_d != null) {
            tensors.add(Tensor.of(SCALE, scale_d, width));
        }
        if (tokens_b != null) {
            tensors.add(Tensor.of(TOKENS, tokens_b, rows));
        }
        Safetensors.write(
                out,
                type == StoredType.F32
                        ? Map.of()
                        : Map.of(ERROR, Double.toString(squaredError), GREATEST_ERROR, Double.toString(greatestError)),
                tensors);
    }

    private void writeRows(OutputStream out) throws IOException {
        byte[] bytes = new byte[width * type.bytes()];
        for (int at = 0; at < acts_bd.length; at += width) {
            type.encode(acts_bd, at, width, scale_d, little(bytes));
            out.write(bytes);
        }
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
