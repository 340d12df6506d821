package io.taxoscope.sae.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.JumpPenalty;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.PreActivationLoss;
import io.taxoscope.sae.Prefixes;
import io.taxoscope.sae.Shape;
import io.taxoscope.sae.TrainingState;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers that other tools' own tests fix. */
class FixedNumbersTest {
    static Stream<Kernel> kernels() {
        return Stream.of(new ReferenceKernel(), new VectorKernel(1));
    }

    /** saev, tests/test_nn_activations.py. */
    @ParameterizedTest
    @MethodSource("kernels")
    void topKKeepsTheLargest(Kernel kernel) {
        Codes codes = new Codes(2, 2);
        try (var session = kernel.encode(identity(4, 1, 1, 1, 1), new Activation.TopK(2), 2)) {
            session.encode(new float[] {5, 1, 3, 2, 2, 4, 1, 3}, 2, codes);
        }
        assertThat(dense(codes, 0, 4)).containsExactly(5, 0, 3, 0);
        assertThat(dense(codes, 1, 4)).containsExactly(0, 4, 0, 3);
    }

    /** saev, the same file: without a ReLU the largest are kept, and with one they would be none. */
    @ParameterizedTest
    @MethodSource("kernels")
    void topKKeepsNegatives(Kernel kernel) {
        float[] x_bd = {-5, -1, -3, -2};
        Codes codes = new Codes(1, 2);
        try (var session = kernel.encode(identity(4, 1, 1, 1, 1), new Activation.SignedTopK(2), 1)) {
            session.encode(x_bd, 1, codes);
        }
        assertThat(dense(codes, 0, 4)).containsExactly(0, -1, 0, -2);
        try (var session = kernel.encode(identity(4, 1, 1, 1, 1), new Activation.TopK(2), 1)) {
            session.encode(x_bd, 1, codes);
        }
        assertThat(dense(codes, 0, 4)).containsOnly(0);
    }

    /** saev, the same file. */
    @Test
    void batchTopKKeepsTheLargestOfTheBatch() {
        Codes codes = Codes.ragged(2);
        ReferenceEncoding.keepStrongestOfBatch(new float[][] {{10, 20, 30}, {1, 2, 3}}, 2, codes);
        assertThat(dense(codes, 0, 3)).containsExactly(10, 20, 30);
        assertThat(dense(codes, 1, 3)).containsExactly(0, 0, 3);
    }

    /** saev, tests/test_auxk.py: the strongest of all latents, all of them dead, reconstruct a residual of 0. */
    @ParameterizedTest
    @MethodSource("kernels")
    void auxKOverTheElements(Kernel kernel) {
        assertThat(auxLoss(kernel, 2, new float[] {1, 2, 3, 4}, 0, 1, 2, 3)).isCloseTo(6.25, within(1e-6));
        assertThat(auxLoss(kernel, 8, new float[] {0, 0, 5, 0}, 1, 2)).isCloseTo(6.25, within(1e-6));
    }

    /** overcomplete, tests/sae/test_batchtopk.py: batches with least codes 4 and 0, of which the old keeps 0.9. */
    @Test
    void thresholdsFollowTheBatches() {
        var threshold = new RunningThreshold(new Architecture.BatchTopK(1, 0.1f, null), Double.NaN);
        Codes codes = Codes.ragged(1);
        codes.clear(0);
        codes.add(0, 0, 4);
        threshold.observe(codes, 1);
        codes.clear(0);
        threshold.observe(codes, 1);
        assertThat(threshold.value()).isCloseTo(3.6, within(1e-6));
    }

    /** SAELens, tests/saes/test_jumprelu_sae.py: latents 0 and 2 are dead. */
    @ParameterizedTest
    @MethodSource("kernels")
    void preActivationLossOfTheDead(Kernel kernel) {
        Parameters weights = identity(4, 2, 1, 1.5f, 3).with(Parameters.LOG_THRESHOLD, new float[] {
            0, (float) Math.log(2), (float) Math.log(1.5), (float) Math.log(0.5)
        });
        TrainingState state = TrainingState.initial(weights, 1);
        state.silentFor_s()[0] = 100;
        state.silentFor_s()[2] = 100;
        var jump = new Architecture.JumpRelu(new JumpPenalty.L0(1e-9f), 1e-3f, 1, false, new PreActivationLoss(1, 100));
        float[] x_bd = {0.5f, 1.5f, 1, 0.8f, 0.8f, 2.5f, 1.2f, 0.2f};
        try (var session = kernel.train(state, new StepSettings(jump, false), 2)) {
            StepOutcome outcome = session.step(HostBatch.of(x_bd, 2), 1e-3f);
            assertThat(4 * (outcome.objective() - outcome.meanSquaredError())).isCloseTo(1.3, within(1e-5));
        }
    }

    /** SAELens, tests/saes/test_gated_sae.py: gates -1.4, 0.6 and 1.6; magnitudes 2.6310, 5.4334 and 13.0513. */
    @ParameterizedTest
    @MethodSource("kernels")
    void gatedOpensTwoOfThree(Kernel kernel) {
        Parameters weights = ones(-2, 0, 1)
                .with(Parameters.R_MAG, new float[] {1, 2, 3})
                .with(Parameters.B_MAG, new float[] {1, 1, 1});
        assertCodes(kernel, weights, new Activation.Gated(), 18.4848f, 0, 5.4334f, 13.0513f);
    }

    /** SAELens, tests/saes/test_jumprelu_sae.py: pre-activations 0.6 under thresholds 1, 0.5 and 0.25. */
    @ParameterizedTest
    @MethodSource("kernels")
    void jumpReluOpensTwoOfThree(Kernel kernel) {
        Parameters weights = ones(0, 0, 0).with(Parameters.THRESHOLD, new float[] {1, 0.5f, 0.25f});
        assertCodes(kernel, weights, new Activation.JumpRelu(), 1.2f, 0, 0.6f, 0.6f);
    }

    /**
     * dictionary_learning and SAELens, tests/saes/test_matryoshka_batchtopk_sae.py, add up the squared errors of the prefixes,
     * here 9 + 16 of the first two latents and 0 of all four; ours is their mean over prefixes and elements.
     */
    @ParameterizedTest
    @MethodSource("kernels")
    void matryoshkaAddsUpItsPrefixes(Kernel kernel) {
        var nested = new Architecture.Matryoshka(4, new Prefixes.Fixed(List.of(2, 4)), 0.1f, null);
        TrainingState state = TrainingState.initial(identity(4, 1, 1, 1, 1), 1);
        try (var session = kernel.train(state, new StepSettings(nested, false), 1)) {
            double objective = session.step(HostBatch.of(new float[] {1, 2, 3, 4}, 1), 1e-3f)
                    .objective();
            assertThat(2 * 4 * objective).isCloseTo(25, within(1e-5));
        }
    }

    /** Codes and reconstruction of the example (0.3, 0.3). */
    private static void assertCodes(
            Kernel kernel, Parameters weights, Activation activation, float reconstruction, float... expected) {
        float[] x_d = {0.3f, 0.3f};
        float[] xhat_d = new float[2];
        Codes codes = Codes.of(activation, 1);
        try (var session = kernel.encode(weights, activation, 1)) {
            session.encode(x_d, 1, codes);
            session.decode(codes, 1, xhat_d);
        }
        assertThat(dense(codes, 0, 3)).containsExactly(expected, within(1e-4f));
        assertThat(xhat_d).containsExactly(new float[] {reconstruction, reconstruction}, within(1e-4f));
    }

    /** Two elements, three latents, both matrices all ones. */
    private static Parameters ones(float... bias_s) {
        float[] ones = {1, 1, 1, 1, 1, 1};
        return new Parameters(new Shape(2, 3), ones, ones.clone(), bias_s, new float[2]);
    }

    private static double auxLoss(Kernel kernel, int kAux, float[] x_d, int... dead) {
        var auxK = new AuxK(1, kAux, 100, false, AuxK.Normaliser.ELEMENTS);
        TrainingState state = TrainingState.initial(identity(4, 1, 1, 1, 1), 1);
        for (int latent : dead) {
            state.silentFor_s()[latent] = 100;
        }
        try (var session = kernel.train(state, new StepSettings(new Architecture.TopK(4, auxK), false), 1)) {
            return session.step(HostBatch.of(x_d, 1), 1e-3f).auxLoss();
        }
    }

    /** An encoder that copies, and decoder rows of the given norms. */
    private static Parameters identity(int width, float... norms) {
        float[] wEnc_sd = new float[width * width];
        float[] wDec_sd = new float[width * width];
        for (int i = 0; i < width; i++) {
            wEnc_sd[i * width + i] = 1;
            wDec_sd[i * width + i] = norms[i];
        }
        return new Parameters(new Shape(width, width), wEnc_sd, wDec_sd, new float[width], new float[width]);
    }

    private static float[] dense(Codes codes, int example, int latents) {
        float[] z_s = new float[latents];
        for (int at = codes.start(example); at < codes.end(example); at++) {
            z_s[codes.latent(at)] = codes.value(at);
        }
        return z_s;
    }
}
