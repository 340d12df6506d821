package io.taxoscope.sae.training;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.sae.ActivationSource;
import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.SaeError;
import io.taxoscope.sae.Shape;
import io.taxoscope.sae.TrainingState;
import io.taxoscope.sae.kernel.Kernel;
import io.taxoscope.sae.kernel.StepOutcome;
import io.taxoscope.sae.kernel.StepSettings;
import io.taxoscope.sae.kernel.TrainingSession;

/**
 * Trains one SAE, a step at a time; the caller decides when to look, to save and to stop. The same activations, config
 * and kernel give the same bits, whatever the number of threads, however often it was stopped and resumed, and whoever
 * else learns from the same {@link TrainingData}.
 */
public final class Trainer implements AutoCloseable {
    private final TrainingData data;
    private final TrainingConfig config;
    private final BatchStream stream;
    private TrainingSession session;
    private final float inputScale;
    private int step;
    private Validation validation;
    private StepOutcome last = new StepOutcome(Double.NaN, 0, 0, Double.NaN);

    private Trainer(TrainingData data, TrainingConfig config, TrainingState state, Validation validation) {
        this.data = data;
        this.config = config;
        this.stream = data.stream(config);
        this.inputScale = state.inputScale();
        this.step = state.step();
        this.validation = validation;
        this.session = session(state);
    }

    private TrainingSession session(TrainingState state) {
        Conventions conventions = config.conventions();
        return data.kernel()
                .train(
                        state,
                        new StepSettings(
                                config.architecture(),
                                config.optimizer(),
                                conventions.decoder(),
                                conventions.preEncoderBias()),
                        config.batchSize());
    }

    /** Reads all activations once, to check and to centre them. */
    public static Trainer start(ActivationSource source, TrainingConfig config, Kernel kernel) {
        return start(new TrainingData(source, kernel), config);
    }

    /** Starts beside others on the same activations. */
    public static Trainer start(TrainingData data, TrainingConfig config) {
        TrainingData met = data.as(config.conventions().centring());
        return new Trainer(met, config, InitialState.of(met, config), Validation.NONE);
    }

    /** Goes on from {@code state}, which a training of the same config on the same activations saved. */
    public static Trainer resume(ActivationSource source, TrainingConfig config, Kernel kernel, TrainingState state) {
        return resume(new TrainingData(source, kernel), config, state, Validation.NONE);
    }

    /** @param validation what was measured up to {@code state} */
    public static Trainer resume(TrainingData data, TrainingConfig config, TrainingState state, Validation validation) {
        Shape expected = new Shape(data.source().width(), config.latents());
        if (!state.weights().shape().equals(expected)) {
            throw new TaxoscopeException(
                    SaeError.WIDTH_MISMATCH,
                    "the saved state has " + state.weights().shape() + ", the training needs " + expected);
        }
        return new Trainer(data.as(config.conventions().centring()), config, state, validation);
    }

    public boolean done() {
        return step >= config.steps() || hasStoppedEarly();
    }

    /** Whether {@link EarlyStopping} ended it before its last step. */
    public boolean hasStoppedEarly() {
        EarlyStopping stopping = config.earlyStopping();
        return stopping != null && step < config.steps() && stopping.isOver(validation, step);
    }

    /** Finished steps. */
    public int step() {
        return step;
    }

    /** What early stopping has measured so far. */
    public Validation validation() {
        return validation;
    }

    /** Trains on the next batch; fails with {@code TRAINING_DIVERGED} when the loss has left all bounds. */
    public void advance() {
        if (done()) {
            throw new IllegalStateException("all " + step + " steps are done");
        }
        last = session.step(stream.batch(step), learningRate(step));
        step++;
        Divergence.check(
                last, step, learningRate(step - 1), config.conventions().inputScale());
        Resampling resampling = config.conventions().resampling();
        if (resampling != null && resampling.dueAfter(step)) {
            resample(resampling);
        }
        measureIfDue();
    }

    private void resample(Resampling resampling) {
        Resampler resampler = new Resampler(resampling, config.architecture(), data.kernel(), config.seed());
        TrainingState state = resampler.apply(session.snapshot(), data.source());
        session.close();
        session = session(state);
    }

    private void measureIfDue() {
        EarlyStopping stopping = config.earlyStopping();
        HeldOut heldOut = data.heldOut(config);
        if (stopping != null && heldOut != null && stopping.isDue(step)) {
            double fvu = heldOut.fvu(
                    data.kernel(),
                    session.snapshot().exportedWeights(),
                    config.architecture().activation());
            validation = validation.with(fvu, step, stopping.minImprovement());
        }
    }

    /** Measures the last step. */
    public CurvePoint point() {
        double meanSquaredError = last.meanSquaredError() / ((double) inputScale * inputScale);
        double squaredError =
                meanSquaredError * config.batchSize() * data.source().width();
        AuxK auxK = config.auxK();
        long deadWindow = auxK == null ? data.source().nExamples() : auxK.deadAfterExamples();
        return new CurvePoint(
                step,
                meanSquaredError,
                squaredError / stream.variance(step - 1),
                last.l0(),
                session.latentsSilentFor(deadWindow) / (double) config.latents(),
                learningRate(step - 1),
                validation.fvu());
    }

    /**
     * Everything needed to resume, and the weights so far. Before the first step an architecture that follows a
     * threshold takes it from the first batch, because without one it could not encode.
     */
    public TrainingState snapshot() {
        TrainingState state = session.snapshot();
        Divergence.check(state, learningRate(Math.max(0, step - 1)));
        boolean lacksThreshold = step == 0 && config.architecture().keepsThreshold();
        return (lacksThreshold ? state.withThreshold(session.leastCode(stream.batch(0))) : state)
                .withStandardiser(data.standardiser());
    }

    @Override
    public void close() {
        session.close();
    }

    private float learningRate(int finished) {
        return config.learningRate().at(finished, config.steps());
    }
}
