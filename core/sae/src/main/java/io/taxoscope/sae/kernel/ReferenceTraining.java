package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.TrainingState;

/** One optimiser step after the other, with every gradient written out in {@link ReferenceGradient}. */
final class ReferenceTraining implements TrainingSession {
    private final StepSettings settings;
    private final Parameters weights;
    private final Parameters first;
    private final Parameters second;
    private final WholeUpdate update;
    private final Silence silence;
    private final RunningThreshold threshold;
    private final Levels levels;
    private final float inputScale;
    private int step;

    ReferenceTraining(TrainingState state, StepSettings settings) {
        this.settings = settings;
        this.weights = state.weights().copy();
        this.first = state.firstMoments().copy();
        this.second = state.secondMoments().copy();
        this.update = new WholeUpdate(settings, weights, first, second, MatrixProduct.reference());
        this.silence = new Silence(state.silentFor_s().clone());
        this.threshold = new RunningThreshold(settings.architecture(), state.threshold());
        this.levels = Levels.of(settings.architecture());
        this.inputScale = state.inputScale();
        this.step = state.step();
    }

    @Override
    public StepOutcome step(Batch batch, float learningRate) {
        int n = batch.examples();
        levels.prepare(step);
        ReferenceGradient gradient = gradient(scaled(batch), n);
        StepOutcome outcome = gradient.collect();
        silence.observe(gradient.codes(), n);
        threshold.observe(gradient.codes(), n);
        step++;
        update.apply(gradient.total(), learningRate, step);
        return outcome;
    }

    @Override
    public double leastCode(Batch batch) {
        ReferenceGradient gradient = gradient(scaled(batch), batch.examples());
        gradient.activate();
        return RunningThreshold.leastOf(gradient.codes(), batch.examples());
    }

    @Override
    public int latentsSilentFor(long examples) {
        return silence.latentsSilentFor(examples);
    }

    @Override
    public TrainingState snapshot() {
        return new TrainingState(
                        weights.copy(),
                        first.copy(),
                        second.copy(),
                        silence.copy(),
                        inputScale,
                        step,
                        threshold.value())
                .withPreEncoderBias(settings.preEncoderBias());
    }

    @Override
    public void close() {}

    private float[] scaled(Batch batch) {
        float[] x_bd = HostBatch.rows(batch).clone();
        for (int i = 0; i < x_bd.length; i++) {
            x_bd[i] *= inputScale;
        }
        return x_bd;
    }

    private ReferenceGradient gradient(float[] x_bd, int n) {
        return new ReferenceGradient(settings, weights, silence, levels, x_bd, n);
    }
}
