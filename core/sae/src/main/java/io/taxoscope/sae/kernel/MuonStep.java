package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Optimizer;

/** A step of one matrix by {@link Optimizer.Rule.Muon}. */
record MuonStep(Optimizer.Rule.Muon rule, float learningRate, MatrixProduct product) {
    private static final int ITERATIONS = 5;
    private static final float A = 3.4445f;
    private static final float B = -4.7750f;
    private static final float C = 2.0315f;
    private static final double LEAST_NORM = 1e-7;

    void update(float[] weight, float[] momentum, float[] gradient, int rows, int columns) {
        float[] direction = new float[weight.length];
        float m = rule.momentum();
        for (int i = 0; i < weight.length; i++) {
            momentum[i] = m * momentum[i] + (1 - m) * gradient[i];
            direction[i] = (1 - m) * gradient[i] + m * momentum[i];
        }
        float[] step = orthogonal(direction, rows, columns);
        float keep = 1 - learningRate * rule.weightDecay();
        float length = (float) (0.2 * Math.sqrt(Math.max(rows, columns)) * learningRate);
        for (int i = 0; i < weight.length; i++) {
            weight[i] = keep * weight[i] - length * step[i];
        }
    }

    /** The matrix with its singular values brought near 1. */
    private float[] orthogonal(float[] matrix, int rows, int columns) {
        if (rows < columns) {
            float[] turned = MatrixProduct.transposed(matrix, rows, columns);
            return MatrixProduct.transposed(orthogonal(turned, columns, rows), columns, rows);
        }
        double squares = 0;
        for (float value : matrix) {
            squares += (double) value * value;
        }
        float[] x = new float[matrix.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (matrix[i] / Math.max(Math.sqrt(squares), LEAST_NORM));
        }
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            iterate(x, rows, columns);
        }
        return x;
    }

    /** {@code x = A x + x (B x'x + C (x'x)²)}: with as many columns as rows or fewer, x'x is the smaller square. */
    private void iterate(float[] x, int rows, int columns) {
        float[] turned = MatrixProduct.transposed(x, rows, columns);
        float[] gram = new float[columns * columns];
        product.timesTransposed(turned, columns, turned, columns, rows, gram);
        float[] polynomial = new float[gram.length];
        product.timesTransposed(gram, columns, gram, columns, columns, polynomial);
        for (int i = 0; i < gram.length; i++) {
            polynomial[i] = B * gram[i] + C * polynomial[i];
        }
        float[] change = new float[x.length];
        product.timesTransposed(x, rows, polynomial, columns, columns, change); // the polynomial is symmetric
        for (int i = 0; i < x.length; i++) {
            x[i] = A * x[i] + change[i];
        }
    }
}
