package io.taxoscope.vision.splice;

/** Distances between rows of two arrays of one shape, [n, width], in float64. */
public final class Embeddings {
    private Embeddings() {}

    /** 0 when either row is zero. */
    public static double cosine(float[] a_nd, float[] b_nd, int row, int width) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = row * width; i < (row + 1) * width; i++) {
            ab += (double) a_nd[i] * b_nd[i];
            aa += (double) a_nd[i] * a_nd[i];
            bb += (double) b_nd[i] * b_nd[i];
        }
        return aa == 0 || bb == 0 ? 0 : ab / Math.sqrt(aa * bb);
    }

    /** Over the elements of the row. */
    public static double meanSquaredError(float[] a_nd, float[] b_nd, int row, int width) {
        double sum = 0;
        for (int i = row * width; i < (row + 1) * width; i++) {
            sum += ((double) a_nd[i] - b_nd[i]) * ((double) a_nd[i] - b_nd[i]);
        }
        return sum / width;
    }
}
