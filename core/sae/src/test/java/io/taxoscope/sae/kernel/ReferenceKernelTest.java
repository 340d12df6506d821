package io.taxoscope.sae.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.Shape;
import io.taxoscope.sae.TrainingState;
import org.junit.jupiter.api.Test;

class ReferenceKernelTest {
    /** The published numbers of saev's tests/test_nn_activations.py. */
    @Test
    void keepsTheStrongestTwo() {
        assertThat(topTwo(5, 1, 3, 2)).containsExactly(5, 0, 3, 0);
        assertThat(topTwo(2, 4, 1, 3)).containsExactly(0, 4, 0, 3);
    }

    /** saev keeps negative values that are among the k largest; here ReLU comes first, as in Gao et al.'s code. */
    @Test
    void neverKeepsANegativeValue() {
        assertThat(topTwo(-5, -1, -3, -2)).containsExactly(0, 0, 0, 0);
    }

    @Test
    void prefersTheLowerLatentOfEquals() {
        assertThat(topTwo(1, 7, 7, 7)).containsExactly(0, 7, 7, 0);
    }

    /**
     * saev's tests/test_auxk.py: an identity SAE, all latents dead, pre-activations 1, 2, 3, 4 and kAux 2 reconstruct a
     * residual of zero as 3 and 4: (9 + 16) / 4 per element. Ours divides by the residual's variance instead, so the
     * same selection is seen with a second example that has a residual to divide by.
     */
    @Test
    void reconstructsTheResidualFromTheStrongestDeadLatents() {
        Shape shape = new Shape(4, 4);
        Parameters weights = Parameters.zeros(shape);
        for (int i = 0; i < 4; i++) {
            weights.wEnc_sd()[i * 4 + i] = 1;
            weights.wDec_sd()[i * 4 + i] = 1;
        }
        TrainingState state = TrainingState.initial(weights, 1);
        java.util.Arrays.fill(state.silentFor_s(), 10);
        StepSettings settings = new StepSettings(4, new AuxK(1, 2, 10), true);
        float[] x_bd = {1, 2, 3, 4, -2, 0, 0, 0};
        try (var session = new ReferenceKernel().train(state, settings, 2)) {
            StepOutcome outcome = session.step(HostBatch.of(x_bd, 2), 1e-3f);
            // residuals: 0 and (-2, 0, 0, 0); variance 2; dead codes (0, 0, 3, 4) and none
            assertThat(outcome.meanSquaredError()).isEqualTo(4 / 8.0);
            assertThat(outcome.auxLoss()).isCloseTo((25 + 4) / 2.0, within(1e-9));
        }
    }

    @Test
    void gradientsEqualFiniteDifferences() {
        Shape shape = new Shape(6, 9);
        Parameters weights = SyntheticSae.weights(shape, 11);
        float[] x_bd = SyntheticSae.gaussians(5 * 6, 1, 12);
        Parameters moments;
        try (var session = train(weights)) {
            session.step(HostBatch.of(x_bd, 5), 1e-3f);
            moments = session.snapshot().firstMoments();
        }
        assertSlopes(weights.wEnc_sd(), moments.wEnc_sd(), weights, x_bd);
        assertSlopes(weights.wDec_sd(), moments.wDec_sd(), weights, x_bd);
        assertSlopes(weights.bEnc_s(), moments.bEnc_s(), weights, x_bd);
        assertSlopes(weights.bDec_d(), moments.bDec_d(), weights, x_bd);
    }

    private static void assertSlopes(float[] values, float[] moments, Parameters weights, float[] x_bd) {
        float epsilon = 2e-3f;
        for (int i = 0; i < values.length; i++) {
            float original = values[i];
            values[i] = original + epsilon;
            double above = loss(weights, x_bd);
            values[i] = original - epsilon;
            double below = loss(weights, x_bd);
            values[i] = original;
            assertThat(10.0 * moments[i]).isCloseTo((above - below) / (2 * epsilon), within(2e-3));
        }
    }

    private static double loss(Parameters weights, float[] x_bd) {
        try (var session = train(weights)) {
            return session.step(HostBatch.of(x_bd, 5), 1e-3f).meanSquaredError();
        }
    }

    private static TrainingSession train(Parameters weights) {
        return new ReferenceKernel().train(TrainingState.initial(weights, 1), new StepSettings(3, null, false), 5);
    }

    private static float[] topTwo(float... pre_s) {
        Codes codes = new Codes(1, 2);
        ReferenceEncoding.keepPositiveStrongest(pre_s, 2, latent -> true, codes, 0);
        float[] dense = new float[pre_s.length];
        for (int at = 0; at < codes.active(0); at++) {
            dense[codes.latent(at)] = codes.value(at);
        }
        return dense;
    }
}
