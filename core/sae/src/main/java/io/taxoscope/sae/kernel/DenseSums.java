package io.taxoscope.sae.kernel;

import static io.taxoscope.sae.kernel.Lanes.COUNT;
import static io.taxoscope.sae.kernel.Lanes.FLOATS;
import static io.taxoscope.sae.kernel.Lanes.PANEL;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * One worker's weighted sums of rows as a dense product: lists of factors are spread out into a matrix, zeros included,
 * and multiplied tile by tile. Long sums are taken in parts of {@value #DEPTH} rows, so that both sides stay in the
 * second-level cache; parts are added in order.
 */
final class DenseSums {
    /** Where the factors are: sum {@code r} takes those at positions {@code start(r)} to {@code end(r) - 1}. */
    interface Lists {
        int start(int sum);

        int end(int sum);

        /** The row that a factor belongs to; ascending within a sum. */
        int row(int position);
    }

    /** Sums in one call; a multiple of every tile's rows. */
    static final int SUMS = FusedEncoder.ROWS;

    private static final int DEPTH = 1024;
    private static final float[] NO_BIAS = new float[PANEL];

    private final float[] factors = new float[SUMS * DEPTH];
    private final float[] columns = new float[DEPTH * PANEL];
    private final float[] product = new float[Tiles.ROWS * PANEL];
    private final int[] cursor_r = new int[SUMS];

    /**
     * {@code out[r] += sum_p factor[p] * x[row(p)]} for the sums {@code first} to {@code first + sums - 1}.
     *
     * @param names which row of {@code x} the lists' row {@code i} is; null for row {@code i} itself
     * @param rows rows that lists may name
     * @param x rows of {@code stride} floats, a multiple of {@link Lanes#COUNT}
     * @param outAt where the first sum starts; the others follow at {@code stride}
     */
    void add(
            Lists lists,
            int first,
            int sums,
            float[] factor,
            int @Nullable [] names,
            int rows,
            float[] x,
            int stride,
            float[] out,
            int outAt) {
        for (int sum = 0; sum < sums; sum++) {
            cursor_r[sum] = lists.start(first + sum);
        }
        for (int from = 0; from < rows; from += DEPTH) {
            int depth = Math.min(DEPTH, rows - from);
            spread(lists, first, sums, factor, from, depth);
            for (int column = 0; column < stride; column += PANEL) {
                int vectors = Math.min(2, (stride - column) / COUNT);
                takeColumns(names, from, depth, x, stride, column, vectors);
                addTiles(sums, depth, vectors, out, outAt + column, stride);
            }
        }
    }

    /** Writes the factors of rows {@code from} to {@code from + depth - 1} into tiles. */
    private void spread(Lists lists, int first, int sums, float[] factor, int from, int depth) {
        Arrays.fill(factors, 0, Lanes.roundUp(sums, Tiles.ROWS) * depth, 0f);
        for (int sum = 0; sum < sums; sum++) {
            int tile = sum / Tiles.ROWS * Tiles.ROWS * depth + sum % Tiles.ROWS;
            int end = lists.end(first + sum);
            int at = cursor_r[sum];
            for (; at < end && lists.row(at) < from + depth; at++) {
                factors[tile + (lists.row(at) - from) * Tiles.ROWS] = factor[at];
            }
            cursor_r[sum] = at;
        }
    }

    private void takeColumns(
            int @Nullable [] names, int from, int depth, float[] x, int stride, int column, int vectors) {
        for (int i = 0; i < depth; i++) {
            int at = (names == null ? from + i : names[from + i]) * stride + column;
            for (int vector = 0; vector < vectors; vector++) {
                FloatVector.fromArray(FLOATS, x, at + vector * COUNT).intoArray(columns, i * PANEL + vector * COUNT);
            }
        }
    }

    private void addTiles(int sums, int depth, int vectors, float[] out, int outAt, int stride) {
        for (int first = 0; first < sums; first += Tiles.ROWS) {
            Tiles.multiply(factors, first * depth, columns, 0, depth, NO_BIAS, 0, product, 0, PANEL);
            for (int row = 0; row < Math.min(Tiles.ROWS, sums - first); row++) {
                Rows.add(product, row * PANEL, out, outAt + (first + row) * stride, vectors * COUNT);
            }
        }
    }
}
