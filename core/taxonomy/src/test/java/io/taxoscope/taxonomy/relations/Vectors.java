package io.taxoscope.taxonomy.relations;

/** Dense rows in memory. */
final class Vectors implements DenseRows {
    private final float[] values_bd;
    private final int width;

    Vectors(float[] values_bd, int width) {
        this.values_bd = values_bd;
        this.width = width;
    }

    @Override
    public int nExamples() {
        return values_bd.length / width;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void gather(int[] examples, int count, float[] out_bd) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(values_bd, examples[i] * width, out_bd, i * width, width);
        }
    }
}
