package io.taxoscope.sae.kernel;

import static io.taxoscope.sae.kernel.Lanes.PANEL;

import java.util.Arrays;

/**
 * Products by the encoder's tiles, in parallel by blocks of rows. Sums longer than {@value #DEPTH} are taken in parts, so
 * that a panel stays in the second-level cache; the parts are added in order, whatever the number of threads.
 */
final class TileProduct implements MatrixProduct {
    private static final int DEPTH = 1024;
    /** Tiles of rows in one chunk of work. */
    private static final int TILES = 8;

    private static final int ROWS = Tiles.ROWS;
    private static final float[] NO_BIAS = new float[PANEL];

    private final Workers workers;

    TileProduct(Workers workers) {
        this.workers = workers;
    }

    @Override
    public void timesTransposed(float[] a, int rows, float[] b, int columns, int depth, float[] out) {
        Arrays.fill(out, 0, rows * columns, 0f);
        int chunk = ROWS * TILES;
        for (int from = 0; from < depth; from += DEPTH) {
            int first = from;
            int length = Math.min(DEPTH, depth - from);
            float[] panels = packed(b, columns, PANEL, depth, first, length);
            workers.run(Math.ceilDiv(rows, chunk), (worker, at) -> {
                int firstRow = at * chunk;
                int some = Math.min(chunk, rows - firstRow);
                float[] a_r = Arrays.copyOfRange(a, firstRow * depth, (firstRow + some) * depth);
                float[] tiles = packed(a_r, some, ROWS, depth, first, length);
                multiply(tiles, some, panels, columns, length, out, firstRow);
            });
        }
    }

    private static void multiply(
            float[] tiles, int rows, float[] panels, int columns, int length, float[] out, int firstRow) {
        float[] product = new float[ROWS * PANEL];
        for (int column = 0; column < columns; column += PANEL) {
            for (int row = 0; row < rows; row += ROWS) {
                Tiles.multiply(tiles, row * length, panels, column * length, length, NO_BIAS, 0, product, 0, PANEL);
                for (int r = 0; r < Math.min(ROWS, rows - row); r++) {
                    for (int c = 0; c < Math.min(PANEL, columns - column); c++) {
                        out[(firstRow + row + r) * columns + column + c] += product[r * PANEL + c];
                    }
                }
            }
        }
    }

    /** Groups of {@code group} rows, one element of all of a group's rows side by side; missing rows are zero. */
    private static float[] packed(float[] values, int rows, int group, int depth, int from, int length) {
        float[] packed = new float[Math.multiplyExact(Lanes.roundUp(rows, group), length)];
        for (int row = 0; row < rows; row++) {
            int to = row / group * group * length + row % group;
            for (int i = 0; i < length; i++) {
                packed[to + i * group] = values[row * depth + from + i];
            }
        }
        return packed;
    }
}
