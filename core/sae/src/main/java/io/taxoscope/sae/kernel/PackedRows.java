package io.taxoscope.sae.kernel;

import static io.taxoscope.sae.kernel.Lanes.PANEL;

import org.jspecify.annotations.Nullable;

/** Some rows of a matrix laid out for the tiles, as {@link PackedEncoder} does with the encoder's; packed anew for each use. */
final class PackedRows {
    /** Panels in one chunk of work. */
    private static final int CHUNK = 4;

    private static final float[] NO_BIAS = new float[PANEL];

    private final int depth;
    private float[] panels = {};
    private int rows;

    /** @param depth length of a row */
    PackedRows(int depth) {
        this.depth = depth;
    }

    /** Takes over {@code rows} rows of {@code x_rd}, which are {@code depth} apart: the first ones, or those that {@code names} lists. */
    void pack(Workers workers, float[] x_rd, int @Nullable [] names, int rows) {
        this.rows = rows;
        int count = panels();
        if (panels.length < count * PANEL * depth) {
            panels = new float[Math.multiplyExact(count * PANEL, depth)];
        }
        workers.run(Math.ceilDiv(count, CHUNK), (worker, chunk) -> {
            for (int panel = chunk * CHUNK; panel < Math.min((chunk + 1) * CHUNK, count); panel++) {
                packPanel(x_rd, names, panel);
            }
        });
    }

    int panels() {
        return Math.ceilDiv(rows, PANEL);
    }

    private void packPanel(float[] x_rd, int @Nullable [] names, int panel) {
        for (int column = 0; column < PANEL; column++) {
            int row = Math.min(panel * PANEL + column, rows - 1); // repeats the last row, whose product nobody reads
            int from = (names == null ? row : names[row]) * depth;
            int to = panel * PANEL * depth + column;
            for (int i = 0; i < depth; i++) {
                panels[to + i * PANEL] = x_rd[from + i];
            }
        }
    }

    /** {@code out[r, c] = a[r] . x[c]} for {@code tiles} packed tiles and the rows of panels {@code first} to {@code end - 1}. */
    void multiply(float[] a, int tiles, int first, int end, float[] out, int outStride) {
        for (int panel = first; panel < end; panel++) {
            for (int tile = 0; tile < tiles; tile++) {
                int at = tile * Tiles.ROWS * outStride + (panel - first) * PANEL;
                Tiles.multiply(
                        a,
                        tile * Tiles.ROWS * depth,
                        panels,
                        panel * PANEL * depth,
                        depth,
                        NO_BIAS,
                        0,
                        out,
                        at,
                        outStride);
            }
        }
    }
}
