package io.taxoscope.sae.training;

import io.taxoscope.sae.ActivationSource;
import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.Shape;
import io.taxoscope.sae.TrainingState;
import java.util.Arrays;
import java.util.Random;

/**
 * Where training starts: decoder rows drawn uniformly from the unit sphere, the encoder their transpose, {@code b_enc}
 * zero, {@code b_dec} in the middle of the activations.
 *
 * <p>Activations are multiplied with one factor, so that their mean squared distance from the starting {@code b_dec} is
 * 1 per element: residual streams differ in scale by orders of magnitude between layers and models, and with the factor
 * one learning rate suits them all. {@link TrainingState#exportedWeights} takes it out again.
 */
final class InitialState {
    /** Examples that the geometric median is taken over. */
    private static final int MEDIAN_EXAMPLES = 16_384;

    private InitialState() {}

    static TrainingState of(ActivationSource source, TrainingConfig config) {
        Moments moments = Moments.of(source);
        float[] bias_d =
                switch (config.decoderBias()) {
                    case GEOMETRIC_MEDIAN -> geometricMedian(source, config.seed());
                    case MEAN -> moments.mean_d();
                    case ZERO -> new float[source.width()];
                };
        float inputScale = (float) (1 / Math.sqrt(moments.meanSquareAbout(bias_d)));
        for (int i = 0; i < bias_d.length; i++) {
            bias_d[i] *= inputScale;
        }
        Shape shape = new Shape(source.width(), config.latents());
        float[] w_sd = UnitRows.drawn(new Random(config.seed()), config.latents(), source.width());
        Parameters weights = new Parameters(shape, w_sd.clone(), w_sd, new float[config.latents()], bias_d);
        return TrainingState.initial(withFurtherParameters(weights, config.architecture(), config.seed()), inputScale);
    }

    /** A Gated SAE starts with its magnitude equal to its gate. */
    private static Parameters withFurtherParameters(Parameters weights, Architecture architecture, long seed) {
        int latents = weights.shape().latents();
        return switch (architecture) {
            case Architecture.JumpRelu jumpRelu -> {
                float[] log_s = new float[latents];
                Arrays.fill(log_s, (float) Math.log(jumpRelu.initialThreshold()));
                yield weights.with(Parameters.LOG_THRESHOLD, log_s);
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

    private static float[] geometricMedian(ActivationSource source, long seed) {
        int[] rows = new int[Math.min(MEDIAN_EXAMPLES, source.nExamples())];
        new EpochOrder(seed, source.nExamples()).fill(0, rows);
        float[] points_nd = new float[rows.length * source.width()];
        source.gather(rows, rows.length, points_nd);
        return GeometricMedian.of(points_nd, source.width());
    }
}
