package io.taxoscope.bench.planted;

import io.taxoscope.sae.ActivationSource;
import java.util.SplittableRandom;

/** Examples of a {@link PlantedForest} that are drawn when they are read: example i is the same every time. */
final class DrawnActivations implements ActivationSource {
    private static final float[] NONE = {};

    private final PlantedForest forest;
    private final int examples;
    private final long seed;
    private final float[] row_d;

    DrawnActivations(PlantedForest forest, int examples, long seed) {
        this.forest = forest;
        this.examples = examples;
        this.seed = seed;
        this.row_d = new float[forest.width()];
    }

    @Override
    public int nExamples() {
        return examples;
    }

    @Override
    public int width() {
        return forest.width();
    }

    @Override
    public void rows(int first, int n, float[] out_bd) {
        for (int i = 0; i < n; i++) {
            draw(first + i, out_bd, i);
        }
    }

    @Override
    public void gather(int[] rows, int count, float[] out_bd) {
        for (int i = 0; i < count; i++) {
            draw(rows[i], out_bd, i);
        }
    }

    private void draw(int example, float[] out_bd, int row) {
        forest.draw(new SplittableRandom(seed * 0x9E3779B97F4A7C15L + example), 1, row_d, NONE);
        System.arraycopy(row_d, 0, out_bd, row * row_d.length, row_d.length);
    }
}
