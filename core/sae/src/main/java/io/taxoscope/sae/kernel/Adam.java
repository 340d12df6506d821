package io.taxoscope.sae.kernel;

/**
 * One step of Adam (Kingma and Ba 2015, algorithm 1) with the bias corrections folded into two factors:
 * {@code w -= rate * m / (sqrt(v * secondCorrection) + EPSILON)}.
 *
 * @param keep what weight decay leaves of a weight (Loshchilov and Hutter 2019, algorithm 2); 1 for plain Adam
 * @param rate learning rate over {@code 1 - BETA1^t}
 * @param secondCorrection {@code 1 / (1 - BETA2^t)}
 */
record Adam(float keep, float rate, float secondCorrection) implements UpdateRule {
    static final float BETA1 = 0.9f;
    static final float BETA2 = 0.999f;
    static final float EPSILON = 1e-8f;

    /** @param step number of this step, from 1 */
    static Adam of(float learningRate, float weightDecay, int step) {
        return new Adam(1 - learningRate * weightDecay, (float) (learningRate / (1 - Math.pow(0.9, step))), (float)
                (1 / (1 - Math.pow(0.999, step))));
    }

    @Override
    public void update(float[] weight, float[] first, float[] second, int at, float gradient) {
        float m = BETA1 * first[at] + (1 - BETA1) * gradient;
        float v = BETA2 * second[at] + (1 - BETA2) * gradient * gradient;
        first[at] = m;
        second[at] = v;
        weight[at] = keep * weight[at] - rate * m / ((float) Math.sqrt(v * secondCorrection) + EPSILON);
    }

    @Override
    public void updateRow(float[] weight, float[] first, float[] second, int at, float[] gradient, int length) {
        Rows.adam(this, weight, first, second, at, gradient, length);
    }
}
