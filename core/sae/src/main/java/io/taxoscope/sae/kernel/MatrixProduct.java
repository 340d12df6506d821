package io.taxoscope.sae.kernel;

/** Products of dense matrices in row-major order. */
interface MatrixProduct {
    /** {@code out[r, c] = sum_i a[r, i] b[c, i]}, of {@code rows} and {@code columns} rows of {@code depth} each. */
    void timesTransposed(float[] a, int rows, float[] b, int columns, int depth, float[] out);

    /** Plain loops. */
    static MatrixProduct reference() {
        return (a, rows, b, columns, depth, out) -> {
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    double sum = 0;
                    for (int i = 0; i < depth; i++) {
                        sum += (double) a[r * depth + i] * b[c * depth + i];
                    }
                    out[r * columns + c] = (float) sum;
                }
            }
        };
    }

    static float[] transposed(float[] a, int rows, int columns) {
        float[] turned = new float[Math.multiplyExact(rows, columns)];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                turned[c * rows + r] = a[r * columns + c];
            }
        }
        return turned;
    }
}
