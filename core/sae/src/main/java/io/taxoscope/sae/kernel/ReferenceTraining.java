package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.TrainingState;
import java.util.ArrayList;
import java.util.List;

/** One optimiser step after the other, with every gradient written out in {@link ReferenceGradient}. */
final class ReferenceTraining implements TrainingSession {
    private final StepSettings settings;
    private final Parameters weights;
    private final Parameters first;
    private final Parameters second;
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
        update(gradient.total(), UpdateRule.of(settings.optimizer().rule(), learningRate, step));
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
                weights.copy(), first.copy(), second.copy(), silence.copy(), inputScale, step, threshold.value());
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
        Architecture architecture = settings.architecture();
        return new ReferenceGradient(architecture, settings.unitNormDecoder(), weights, silence, levels, x_bd, n);
    }

    private void update(Parameters gradient, UpdateRule rule) {
        if (settings.unitNormDecoder()) {
            projectOutParallelPart(gradient.wDec_sd());
        }
        if (settings.optimizer().clips()) {
            clip(gradient, settings.optimizer().maxGradientNorm());
        }
        update(weights.wEnc_sd(), first.wEnc_sd(), second.wEnc_sd(), gradient.wEnc_sd(), rule);
        update(weights.wDec_sd(), first.wDec_sd(), second.wDec_sd(), gradient.wDec_sd(), rule);
        update(weights.bEnc_s(), first.bEnc_s(), second.bEnc_s(), gradient.bEnc_s(), rule);
        update(weights.bDec_d(), first.bDec_d(), second.bDec_d(), gradient.bDec_d(), rule);
        for (String name : weights.perLatentNames()) {
            update(
                    weights.perLatent_s(name),
                    first.perLatent_s(name),
                    second.perLatent_s(name),
                    gradient.perLatent_s(name),
                    rule);
        }
        if (settings.unitNormDecoder()) {
            renormalise(weights.wDec_sd());
        }
    }

    private static void update(float[] weight, float[] first, float[] second, float[] gradient, UpdateRule rule) {
        for (int at = 0; at < weight.length; at++) {
            rule.update(weight, first, second, at, gradient[at]);
        }
    }

    private static void clip(Parameters gradient, float maxNorm) {
        List<float[]> all =
                new ArrayList<>(List.of(gradient.wEnc_sd(), gradient.wDec_sd(), gradient.bEnc_s(), gradient.bDec_d()));
        gradient.perLatentNames().forEach(name -> all.add(gradient.perLatent_s(name)));
        double squares = 0;
        for (float[] values : all) {
            for (float value : values) {
                squares += (double) value * value;
            }
        }
        float factor = clipFactor(squares, maxNorm);
        for (float[] values : all) {
            for (int i = 0; i < values.length; i++) {
                values[i] *= factor;
            }
        }
    }

    /** What a gradient of so many squares is multiplied with, at most 1. */
    static float clipFactor(double squares, float maxNorm) {
        return (float) Math.min(1, maxNorm / Math.sqrt(squares));
    }

    private void projectOutParallelPart(float[] gradient_sd) {
        int width = weights.shape().width();
        float[] w_sd = weights.wDec_sd();
        for (int row = 0; row < gradient_sd.length; row += width) {
            double along = 0;
            for (int i = row; i < row + width; i++) {
                along += (double) gradient_sd[i] * w_sd[i];
            }
            for (int i = row; i < row + width; i++) {
                gradient_sd[i] -= (float) (along * w_sd[i]);
            }
        }
    }

    private void renormalise(float[] w_sd) {
        int width = weights.shape().width();
        for (int row = 0; row < w_sd.length; row += width) {
            double square = 0;
            for (int i = row; i < row + width; i++) {
                square += (double) w_sd[i] * w_sd[i];
            }
            double norm = Math.sqrt(square);
            for (int i = row; i < row + width; i++) {
                w_sd[i] = (float) (w_sd[i] / norm);
            }
        }
    }
}
