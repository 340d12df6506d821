package io.taxoscope.sae.training;

import io.taxoscope.sae.ActivationSource;
import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.DecoderConstraint;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.Shape;
import io.taxoscope.sae.TrainingState;
import java.util.Arrays;
import java.util.Random;

/**
 * Where training starts: decoder rows and an encoder along them as {@link DecoderStart} says, {@code b_enc} zero, {@code
 * b_dec} in the middle of the activations.
 *
 * <p>Activations are multiplied with one factor, the {@link InputScale}: residual streams differ in scale by orders of
 * magnitude between layers and models, and with the factor one learning rate suits them all. {@link
 * TrainingState#exportedWeights} takes it out again.
 */
final class InitialState {
    /** Examples that an archetypal decoder's candidates are taken over. */
    private static final int SAMPLE = 16_384;

    private InitialState() {}

    static TrainingState of(TrainingData data, TrainingConfig config) {
        ActivationSource source = data.source();
        Moments moments = data.moments();
        float[] bias_d = data.start_d(config.decoderBias(), config.orderSeed());
        float inputScale = (float) inputScale(config.conventions().inputScale(), moments, bias_d);
        for (int i = 0; i < bias_d.length; i++) {
            bias_d[i] *= inputScale;
        }
        Shape shape = new Shape(source.width(), config.latents());
        Parameters weights = rows(shape, source, config, bias_d, inputScale);
        return TrainingState.initial(withFurtherParameters(weights, config.architecture(), config.seed()), inputScale);
    }

    private static double inputScale(InputScale scale, Moments moments, float[] bias_d) {
        return switch (scale) {
            case ABOUT_BIAS -> 1 / Math.sqrt(moments.meanSquareAbout(bias_d));
            case MEAN_SQUARE -> 1 / Math.sqrt(moments.meanSquareAbout(new float[bias_d.length]));
            case MEAN_NORM -> Math.sqrt(bias_d.length) / moments.meanNorm();
            case NONE -> 1;
        };
    }

    private static Parameters rows(
            Shape shape, ActivationSource source, TrainingConfig config, float[] bias_d, float inputScale) {
        DecoderStart start = config.conventions().start();
        Random random = new Random(config.seed()); // its algorithm is specified: the same weights anywhere
        float[] wDec_sd = UnitRows.drawn(random, shape.latents(), shape.width());
        if (start.dataShare() > 0) {
            float[] points_nd = centredSample(source, config.seed() + 1, shape.latents(), bias_d, inputScale);
            UnitRows.blend(wDec_sd, points_nd, shape.width(), start.dataShare());
        }
        float[] wEnc_sd = wDec_sd.clone();
        scale(wDec_sd, start.norm());
        scale(wEnc_sd, start.norm() * start.encoderScale());
        Parameters weights = new Parameters(shape, wEnc_sd, wDec_sd, new float[shape.latents()], bias_d);
        DecoderConstraint.Archetypal archetypal = config.conventions().decoder().archetypal();
        if (archetypal == null) {
            return weights;
        }
        float[] points_nd = centredSample(source, config.seed(), SAMPLE, bias_d, inputScale);
        return Archetypes.of(archetypal, weights, points_nd, config.seed());
    }

    /** Up to {@code most} examples, scaled, less the starting {@code b_dec}. */
    private static float[] centredSample(
            ActivationSource source, long seed, int most, float[] bias_d, float inputScale) {
        float[] points_nd = sample(source, seed, most);
        for (int at = 0; at < points_nd.length; at++) {
            points_nd[at] = points_nd[at] * inputScale - bias_d[at % bias_d.length];
        }
        return points_nd;
    }

    private static void scale(float[] values, float factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    /** A Gated SAE starts with its magnitude equal to its gate. */
    private static Parameters withFurtherParameters(Parameters weights, Architecture architecture, long seed) {
        int latents = weights.shape().latents();
        return switch (architecture) {
            case Architecture.JumpRelu jumpRelu -> {
                float[] trained_s = new float[latents];
                Arrays.fill(trained_s, jumpRelu.trained(jumpRelu.initialThreshold()));
                yield weights.with(jumpRelu.thresholdName(), trained_s);
            }
            case Architecture.Gated gated ->
                weights.with(Parameters.R_MAG, new float[latents]).with(Parameters.B_MAG, new float[latents]);
            case Architecture.Relu relu -> weights;
            case Architecture.TopK topK -> weights;
            case Architecture.BatchTopK batchTopK -> weights;
            case Architecture.Matryoshka matryoshka -> weights;
            case Architecture.NestedTopK nestedTopK -> weights;
            case Architecture.Hierarchical hierarchical -> Subspaces.of(hierarchical, weights, seed);
        };
    }

    private static float[] sample(ActivationSource source, long seed, int most) {
        int[] rows = new int[Math.min(most, source.nExamples())];
        new EpochOrder(seed, source.nExamples()).fill(0, rows);
        float[] points_nd = new float[rows.length * source.width()];
        source.gather(rows, rows.length, points_nd);
        return points_nd;
    }
}
