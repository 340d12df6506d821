package io.taxoscope.sae.training;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.sae.ActivationSource;
import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.SaeError;
import io.taxoscope.sae.Shape;
import io.taxoscope.sae.TrainingState;
import io.taxoscope.sae.kernel.Batch;
import io.taxoscope.sae.kernel.Kernel;
import io.taxoscope.sae.kernel.StepOutcome;
import io.taxoscope.sae.kernel.StepSettings;
import io.taxoscope.sae.kernel.TrainingSession;

/**
 * Trains one SAE, a step at a time; the caller decides when to look, to save and to stop. The same activations, config
 * and kernel give the same bits, whatever the number of threads and however often it was stopped and resumed.
 */
public final class Trainer implements AutoCloseable {
    private final ActivationSource source;
    private final TrainingConfig config;
    private final Kernel kernel;
    private TrainingSession session;
    private final EpochOrder order;
    private final int[] rows;
    private final Batch batch;
    private final float inputScale;
    private int step;
    private StepOutcome last = new StepOutcome(Double.NaN, 0, 0, Double.NaN);

    private Trainer(ActivationSource source, TrainingConfig config, Kernel kernel, TrainingState state) {
        this.source = source;
        this.config = config;
        this.order = new EpochOrder(config.seed(), source.nExamples());
        this.rows = new int[config.batchSize()];
        this.batch = kernel.newBatch(config.batchSize(), source.width());
        this.inputScale = state.inputScale();
        this.step = state.step();
        this.kernel = kernel;
        this.session = session(state);
    }

    private TrainingSession session(TrainingState state) {
        Conventions conventions = config.conventions();
        return kernel.train(
                state,
                new StepSettings(
                        config.architecture(), config.optimizer(), conventions.decoder(), conventions.preEncoderBias()),
                config.batchSize());
    }

    /** Reads all activations once, to check and to centre them. */
    public static Trainer start(ActivationSource source, TrainingConfig config, Kernel kernel) {
        return new Trainer(source, config, kernel, InitialState.of(source, config));
    }

    /** Goes on from {@code state}, which a training of the same config on the same activations saved. */
    public static Trainer resume(ActivationSource source, TrainingConfig config, Kernel kernel, TrainingState state) {
        Shape expected = new Shape(source.width(), config.latents());
        if (!state.weights().shape().equals(expected)) {
            throw new TaxoscopeException(
                    SaeError.WIDTH_MISMATCH,
                    "the saved state has " + state.weights().shape() + ", the training needs " + expected);
        }
        return new Trainer(source, config, kernel, state);
    }

    public boolean done() {
        return step >= config.steps();
    }

    /** Finished steps. */
    public int step() {
        return step;
    }

    /** Trains on the next batch; fails with {@code TRAINING_DIVERGED} when the loss is no number any more. */
    public void advance() {
        if (done()) {
            throw new IllegalStateException("all " + config.steps() + " steps are done");
        }
        loadBatch();
        last = session.step(batch, learningRate(step));
        step++;
        requireFinite();
        Resampling resampling = config.conventions().resampling();
        if (resampling != null && resampling.dueAfter(step)) {
            resample(resampling);
        }
    }

    private void resample(Resampling resampling) {
        Resampler resampler = new Resampler(resampling, config.architecture(), kernel, config.seed());
        TrainingState state = resampler.apply(session.snapshot(), source);
        session.close();
        session = session(state);
    }

    /** Measures the last step. */
    public CurvePoint point() {
        double meanSquaredError = last.meanSquaredError() / ((double) inputScale * inputScale);
        double squaredError = meanSquaredError * batch.examples() * batch.width();
        AuxK auxK = config.auxK();
        long deadWindow = auxK == null ? source.nExamples() : auxK.deadAfterExamples();
        return new CurvePoint(
                step,
                meanSquaredError,
                squaredError / batch.variance(),
                last.l0(),
                session.latentsSilentFor(deadWindow) / (double) config.latents(),
                learningRate(step - 1));
    }

    /**
     * Everything needed to resume, and the weights so far. Before the first step an architecture that follows a
     * threshold takes it from the first batch, because without one it could not encode.
     */
    public TrainingState snapshot() {
        TrainingState state = session.snapshot();
        if (step > 0 || !config.architecture().keepsThreshold()) {
            return state;
        }
        loadBatch();
        return state.withThreshold(session.leastCode(batch));
    }

    @Override
    public void close() {
        session.close();
    }

    private void loadBatch() {
        order.fill((long) step * config.batchSize(), rows);
        batch.fill(source, rows);
    }

    private float learningRate(int finished) {
        return config.learningRate().at(finished, config.steps());
    }

    private void requireFinite() {
        if (!Double.isFinite(last.objective())) {
            throw new TaxoscopeException(
                    SaeError.TRAINING_DIVERGED,
                    "the loss of step " + step + " is " + last.objective() + " (mean squared error "
                            + last.meanSquaredError()
                            + "): the activations are finite, so the weights have grown without bound at learning rate "
                            + learningRate(step - 1) + "; lower it or lengthen the warm-up");
        }
    }
}
