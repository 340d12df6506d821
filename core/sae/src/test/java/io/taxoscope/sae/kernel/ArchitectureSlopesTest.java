package io.taxoscope.sae.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.Architecture.JumpRelu;
import io.taxoscope.sae.Architecture.NestedTopK.Weighting;
import io.taxoscope.sae.JumpPenalty;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.Prefixes;
import io.taxoscope.sae.Shape;
import io.taxoscope.sae.TrainingState;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The reference's gradients beside finite differences of its objective. Left out is what by definition is no slope:
 * JumpReLU's thresholds, whose gradient is estimated, and for Gated the decoder, which one term holds constant.
 */
class ArchitectureSlopesTest {
    private static final Shape SHAPE = new Shape(6, 9);
    private static final int N = 5;

    static Stream<Architecture> architectures() {
        return Stream.of(
                new Architecture.Relu(0.2f),
                new Architecture.TopK(6, true, null),
                new Architecture.BatchTopK(3, 0.1f, null),
                new JumpRelu(new JumpPenalty.L0(0.3f), 0.1f, 0.4f),
                new JumpRelu(new JumpPenalty.Tanh(0.3f, 1.5f), 0.1f, 0.4f),
                new Architecture.Gated(0.1f),
                new Architecture.Matryoshka(3, new Prefixes.Fixed(List.of(2, 5, 9)), 0.1f, null),
                new Architecture.NestedTopK(List.of(1, 2, 4), Weighting.REVERSE, null));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void gradientsEqualFiniteDifferences(Architecture architecture) {
        Parameters weights = SyntheticSae.weights(SHAPE, 11);
        if (architecture instanceof JumpRelu) {
            weights = weights.with(Parameters.LOG_THRESHOLD, SyntheticSae.gaussians(9, 0.3, 8));
        }
        if (architecture instanceof Architecture.Gated) {
            weights = weights.with(Parameters.R_MAG, SyntheticSae.gaussians(9, 0.3, 8))
                    .with(Parameters.B_MAG, SyntheticSae.gaussians(9, 0.1, 9));
        }
        Parameters moments = step(architecture, weights).moments();
        assertSlopes(architecture, weights, weights.wEnc_sd(), moments.wEnc_sd());
        assertSlopes(architecture, weights, weights.bEnc_s(), moments.bEnc_s());
        if (architecture instanceof Architecture.Gated) {
            for (String name : weights.perLatentNames()) {
                assertSlopes(architecture, weights, weights.perLatent_s(name), moments.perLatent_s(name));
            }
        } else {
            assertSlopes(architecture, weights, weights.wDec_sd(), moments.wDec_sd());
            assertSlopes(architecture, weights, weights.bDec_d(), moments.bDec_d());
        }
    }

    private static void assertSlopes(Architecture architecture, Parameters weights, float[] values, float[] moments) {
        float epsilon = 1e-3f;
        for (int i = 0; i < values.length; i++) {
            float original = values[i];
            values[i] = original + epsilon;
            double above = step(architecture, weights).objective();
            values[i] = original - epsilon;
            double below = step(architecture, weights).objective();
            values[i] = original;
            assertThat(10.0 * moments[i]).isCloseTo((above - below) / (2 * epsilon), within(2e-3));
        }
    }

    private record Step(double objective, Parameters moments) {}

    private static Step step(Architecture architecture, Parameters weights) {
        float[] x_bd = SyntheticSae.gaussians(N * 6, 1, 12);
        StepSettings settings = new StepSettings(architecture, false);
        try (var session = new ReferenceKernel().train(TrainingState.initial(weights, 1), settings, N)) {
            double objective = session.step(HostBatch.of(x_bd, N), 1e-3f).objective();
            return new Step(objective, session.snapshot().firstMoments());
        }
    }
}
