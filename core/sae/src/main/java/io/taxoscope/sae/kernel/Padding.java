package io.taxoscope.sae.kernel;

/** Copies between rows of the true width and rows padded with zeros to whole vectors. */
final class Padding {
    private Padding() {}

    static float[] pad(float[] dense, int rows, int width, int stride) {
        float[] padded = new float[Math.multiplyExact(rows, stride)];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(dense, row * width, padded, row * stride, width);
        }
        return padded;
    }

    static float[] unpad(float[] padded, int rows, int width, int stride) {
        float[] dense = new float[rows * width];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(padded, row * stride, dense, row * width, width);
        }
        return dense;
    }
}
