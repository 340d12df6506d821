package io.taxoscope.sae.kernel;

/** The tile of this JVM's vector width: more registers, more rows. */
final class Tiles {
    /** Rows of a tile. */
    static final int ROWS = Lanes.COUNT == 16 ? Tile12.ROWS : Tile6.ROWS;

    private Tiles() {}

    /** {@code out[r, c] = bias[c] + sum_i a[i, r] * panel[i, c]} for {@link #ROWS} rows and {@link Lanes#PANEL} columns. */
    static void multiply(
            float[] a,
            int aAt,
            float[] panel,
            int panelAt,
            int depth,
            float[] bias,
            int biasAt,
            float[] out,
            int outAt,
            int outStride) {
        if (ROWS == Tile12.ROWS) {
            Tile12.multiply(a, aAt, panel, panelAt, depth, bias, biasAt, out, outAt, outStride);
        } else {
            Tile6.multiply(a, aAt, panel, panelAt, depth, bias, biasAt, out, outAt, outStride);
        }
    }

    /** Puts one element of a tile's rows side by side; a short tile repeats its last row. */
    static void pack(float[] rows_rd, int stride, int first, int rows, int depth, float[] packed) {
        int whole = Lanes.roundUp(rows, ROWS);
        for (int row = 0; row < whole; row++) {
            int from = (first + Math.min(row, rows - 1)) * stride;
            int to = row / ROWS * ROWS * depth + row % ROWS;
            for (int i = 0; i < depth; i++) {
                packed[to + i * ROWS] = rows_rd[from + i];
            }
        }
    }
}
