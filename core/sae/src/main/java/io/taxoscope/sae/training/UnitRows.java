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
}
