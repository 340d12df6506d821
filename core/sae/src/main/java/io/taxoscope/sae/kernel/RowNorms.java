package io.taxoscope.sae.kernel;

import io.taxoscope.sae.DecoderConstraint;

/** Norms of the rows of a matrix. */
final class RowNorms {
    private RowNorms() {}

    /** Takes the part of each gradient row along its weight row, which has norm 1, out of it. */
    static void projectOut(float[] gradient, float[] weights, int width) {
        for (int row = 0; row < gradient.length; row += width) {
            double along = 0;
            for (int i = row; i < row + width; i++) {
                along += (double) gradient[i] * weights[i];
            }
            for (int i = row; i < row + width; i++) {
                gradient[i] -= (float) (along * weights[i]);
            }
        }
    }

    /** Brings rows to the norms that the constraint wants. */
    static void keep(DecoderConstraint constraint, float[] weights, int width) {
        for (int row = 0; row < weights.length; row += width) {
            double square = 0;
            for (int i = row; i < row + width; i++) {
                square += (double) weights[i] * weights[i];
            }
            double factor = constraint.factor(Math.sqrt(square));
            for (int i = row; i < row + width && factor != 1; i++) {
                weights[i] = (float) (weights[i] * factor);
            }
        }
    }
}
