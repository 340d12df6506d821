package io.taxoscope.sae.training;

import java.util.Random;

/** Rows drawn uniformly from the unit sphere. */
final class UnitRows {
    private UnitRows() {}

    /** The same state of {@code random}, whose algorithm is specified, gives the same rows anywhere. */
    static float[] drawn(Random random, int rows, int width) {
        float[] w = new float[Math.multiplyExact(rows, width)];
        double[] row = new double[width];
        for (int at = 0; at < w.length; at += width) {
            double square = 0;
            for (int i = 0; i < width; i++) {
                row[i] = random.nextGaussian();
                square += row[i] * row[i];
            }
            for (int i = 0; i < width; i++) {
                w[at + i] = (float) (row[i] / Math.sqrt(square));
            }
        }
        return w;
    }

    /**
     * Turns unit rows towards points, {@code unit((1 - share) row + share unit(point))}; with more rows than points, points
     * come again.
     */
    static void blend(float[] rows, float[] points, int width, float share) {
        for (int at = 0; at < rows.length; at += width) {
            int point = at % points.length;
            double norm = Math.max(norm(points, point, width), 1e-12);
            for (int i = 0; i < width; i++) {
                rows[at + i] = (float) ((1 - share) * rows[at + i] + share * points[point + i] / norm);
            }
            double blended = Math.max(norm(rows, at, width), 1e-12);
            for (int i = 0; i < width; i++) {
                rows[at + i] = (float) (rows[at + i] / blended);
            }
        }
    }

    static double norm(float[] values, int from, int length) {
        double square = 0;
        for (int i = from; i < from + length; i++) {
            square += (double) values[i] * values[i];
        }
        return Math.sqrt(square);
    }
}
