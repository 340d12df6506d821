package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Optimizer;

/** An {@link Optimizer.Rule} at one step's learning rate, for parameters that are no matrices to it. */
sealed interface UpdateRule permits Adam, Signum {
    /** @param step number of this step, from 1 */
    static UpdateRule of(Optimizer.Rule rule, float learningRate, int step) {
        return switch (rule) {
            case Optimizer.Rule.Adam adam -> Adam.of(learningRate, 0, step);
            case Optimizer.Rule.AdamW adamW -> Adam.of(learningRate, adamW.weightDecay(), step);
            case Optimizer.Rule.Muon muon -> Adam.of(learningRate, 0, step);
            case Optimizer.Rule.Signum signum -> new Signum(learningRate, signum.momentum());
        };
    }

    /** Updates one parameter and its moments, all at position {@code at}. */
    void update(float[] weight, float[] first, float[] second, int at, float gradient);

    /** The same for a padded row; {@code gradient} starts at 0. */
    void updateRow(float[] weight, float[] first, float[] second, int at, float[] gradient, int length);
}
