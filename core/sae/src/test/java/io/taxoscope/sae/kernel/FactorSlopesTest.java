package io.taxoscope.sae.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.DecoderConstraint;
import io.taxoscope.sae.JumpPenalty;
import io.taxoscope.sae.Optimizer;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.PreActivationLoss;
import io.taxoscope.sae.Shape;
import io.taxoscope.sae.TrainingState;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The reference's gradients beside finite differences of its objective, where options and factors come in. */
class FactorSlopesTest {
    private static final int WIDTH = 6;
    private static final int N = 5;

    @Test
    void subspacesHaveTheSlopesOfTheObjective() {
        var tree = new Architecture.Hierarchical(2, 3, 4, 2, 0.3f);
        Parameters weights = SyntheticSae.withSubspaces(tree, SyntheticSae.weights(new Shape(WIDTH, 15), 11));
        StepSettings settings = new StepSettings(tree, false);
        for (String name : weights.factorNames()) {
            assertSlopes(settings, weights, name, moved -> DerivedRows.ofHierarchy(tree, moved));
        }
    }

    @Test
    void relaxationsHaveTheSlopesOfTheObjective() {
        var archetypal = new DecoderConstraint.Archetypal(4, 100);
        StepSettings settings = new StepSettings(new Architecture.TopK(3, null), Optimizer.ADAM, archetypal, true);
        Parameters weights = SyntheticSae.withArchetypes(
                        archetypal, TrainingState.initial(SyntheticSae.weights(new Shape(WIDTH, 9), 11), 1))
                .weights();
        assertSlopes(settings, weights, Parameters.RELAXATION, moved -> DerivedRows.ofArchetypes(archetypal, moved));
    }

    @Test
    void aPulledPreActivationHasTheSlopesOfTheObjective() {
        var jump = new Architecture.JumpRelu(
                new JumpPenalty.TargetL0(0.5f, 2), 0.01f, 1, false, new PreActivationLoss(0.4f, 1));
        Parameters weights = SyntheticSae.weights(new Shape(WIDTH, 9), 11)
                .with(Parameters.LOG_THRESHOLD, SyntheticSae.gaussians(9, 0.3, 8));
        StepSettings settings = new StepSettings(jump, false);
        assertSlopes(
                settings, weights, weights.bEnc_s(), moments(settings, weights).bEnc_s(), moved -> {});
        assertSlopes(
                settings, weights, weights.wDec_sd(), moments(settings, weights).wDec_sd(), moved -> {});
    }

    @Test
    void withoutABiasBeforeTheEncoderItHasTheSlopesOfTheOutputAlone() {
        StepSettings settings =
                new StepSettings(new Architecture.Relu(0.2f), Optimizer.ADAM, DecoderConstraint.of(false), false);
        Parameters weights = SyntheticSae.weights(new Shape(WIDTH, 9), 11);
        assertSlopes(
                settings, weights, weights.bDec_d(), moments(settings, weights).bDec_d(), moved -> {});
        assertSlopes(
                settings, weights, weights.wEnc_sd(), moments(settings, weights).wEnc_sd(), moved -> {});
    }

    private static void assertSlopes(
            StepSettings settings, Parameters weights, String factor, Consumer<Parameters> derive) {
        float[] moments = moments(settings, weights).factor(factor);
        assertSlopes(settings, weights, weights.factor(factor), moments, derive);
    }

    private static void assertSlopes(
            StepSettings settings, Parameters weights, float[] values, float[] moments, Consumer<Parameters> derive) {
        float epsilon = 1e-3f;
        for (int i = 0; i < values.length; i++) {
            float original = values[i];
            values[i] = original + epsilon;
            derive.accept(weights);
            double above = step(settings, weights).outcome().objective();
            values[i] = original - epsilon;
            derive.accept(weights);
            double below = step(settings, weights).outcome().objective();
            values[i] = original;
            derive.accept(weights);
            assertThat(10.0 * moments[i]).as("element %d", i).isCloseTo((above - below) / (2 * epsilon), within(2e-3));
        }
    }

    private static Parameters moments(StepSettings settings, Parameters weights) {
        return step(settings, weights).moments();
    }

    private record Step(StepOutcome outcome, Parameters moments) {}

    private static Step step(StepSettings settings, Parameters weights) {
        TrainingState state = TrainingState.initial(weights, 1);
        for (int latent = 0; latent < state.silentFor_s().length; latent += 2) {
            state.silentFor_s()[latent] = 10;
        }
        try (var session = new ReferenceKernel().train(state, settings, N)) {
            StepOutcome outcome = session.step(HostBatch.of(SyntheticSae.gaussians(N * WIDTH, 1, 12), N), 1e-3f);
            return new Step(outcome, session.snapshot().firstMoments());
        }
    }
}
