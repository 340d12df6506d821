package io.taxoscope.sae.kernel;

/** {@link io.taxoscope.sae.Optimizer.Rule.Signum}; second moments stay untouched. */
record Signum(float learningRate, float momentum) implements UpdateRule {
    @Override
    public void update(float[] weight, float[] first, float[] second, int at, float gradient) {
        first[at] = momentum * first[at] + (1 - momentum) * gradient;
        weight[at] -= learningRate * Math.signum(first[at]);
    }

    @Override
    public void updateRow(float[] weight, float[] first, float[] second, int at, float[] gradient, int length) {
        for (int i = 0; i < length; i++) {
            update(weight, first, second, at + i, gradient[i]);
        }
    }
}
