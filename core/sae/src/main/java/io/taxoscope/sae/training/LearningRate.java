package io.taxoscope.sae.training;

/**
 * The learning rate of each step: a linear rise over the warm-up steps, then the decay over what remains.
 *
 * @param peak rate at the end of the warm-up
 * @param warmupSteps steps of the rise; step {@code t}, from 0, has {@code peak * (t + 1) / warmupSteps}
 */
public record LearningRate(float peak, int warmupSteps, Decay decay) {
    public LearningRate {
        if (!(peak > 0) || warmupSteps < 0) {
            throw new IllegalArgumentException("no learning rate: peak " + peak + ", warm-up " + warmupSteps);
        }
    }

    /** The factor of the peak after the warm-up, {@code done} of the way from 0 to 1. */
    public enum Decay {
        CONSTANT {
            @Override
            double factor(double done) {
                return 1;
            }
        },
        LINEAR_TO_ZERO {
            @Override
            double factor(double done) {
                return 1 - done;
            }
        },
        COSINE_TO_ZERO {
            @Override
            double factor(double done) {
                return 0.5 * (1 + Math.cos(Math.PI * done));
            }
        };

        abstract double factor(double done);
    }

    /** @param step finished steps */
    public float at(int step, int steps) {
        if (step < warmupSteps) {
            return (float) (peak * (step + 1.0) / warmupSteps);
        }
        return (float) (peak * decay.factor((step - warmupSteps) / (double) Math.max(1, steps - warmupSteps)));
    }
}
