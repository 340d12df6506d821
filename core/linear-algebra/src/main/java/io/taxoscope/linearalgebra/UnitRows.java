package io.taxoscope.linearalgebra;

/** Rows scaled to unit length; a zero row stays zero. */
final class UnitRows {
    private UnitRows() {}

    static double[] of(float[] rows_nd, int n, int d) {
        double[] unit_nd = new double[Math.multiplyExact(n, d)];
        for (int at = 0; at < unit_nd.length; at += d) {
            double square = 0;
            for (int i = 0; i < d; i++) {
                square += (double) rows_nd[at + i] * rows_nd[at + i];
            }
            double scale = square == 0 ? 0 : 1 / Math.sqrt(square);
            for (int i = 0; i < d; i++) {
                unit_nd[at + i] = rows_nd[at + i] * scale;
            }
        }
        return unit_nd;
    }
}
