package io.taxoscope.sae.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.DecoderConstraint;
import io.taxoscope.sae.InMemoryActivations;
import io.taxoscope.sae.Optimizer;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.TrainingState;
import io.taxoscope.sae.format.Checkpoint;
import io.taxoscope.sae.kernel.Codes;
import io.taxoscope.sae.kernel.VectorKernel;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConventionsTest {
    private static final int WIDTH = 32;
    private static final int LATENTS = 64;
    private static final PlantedDictionary PLANTED = new PlantedDictionary(WIDTH, 48, 3, 1);
    private static final float[] EXAMPLES = PLANTED.examples(8_000, 2);
    private static final InMemoryActivations SOURCE = new InMemoryActivations(EXAMPLES, WIDTH);
    private static final Architecture TOP_K = new Architecture.TopK(3, null);
    private static final Optimizer MUON = new Optimizer(new Optimizer.Rule.Muon(0.95f, 0), Float.POSITIVE_INFINITY);
    private static final DecoderConstraint ARCHETYPAL = new DecoderConstraint.Archetypal(200, 1);

    static Stream<Arguments> variants() {
        DecoderConstraint unit = DecoderConstraint.of(true);
        return Stream.of(
                Arguments.of(TOP_K, MUON, conventions(unit, true, null)),
                Arguments.of(TOP_K, Optimizer.ADAM, conventions(ARCHETYPAL, true, null)),
                Arguments.of(new Architecture.Hierarchical(3, 16, 3, 4, 0.1f), Optimizer.ADAM, Conventions.of(true)),
                Arguments.of(TOP_K, Optimizer.ADAM, conventions(new DecoderConstraint.AtMostUnitNorm(), true, null)),
                Arguments.of(TOP_K, Optimizer.ADAM, conventions(new DecoderConstraint.UnitNorm(false), false, null)),
                Arguments.of(TOP_K, Optimizer.ADAM, conventions(unit, true, new Resampling(2, 4, 256, 0.2f, 500))),
                Arguments.of(new Architecture.TopK(3, true, null), Optimizer.ADAM, Conventions.of(true)),
                Arguments.of(TOP_K, Optimizer.ADAM, standardised()));
    }

    /** Each is cut off, stored and taken up again with another number of threads: the bits must not tell. */
    @ParameterizedTest
    @MethodSource("variants")
    void givesTheSameBytesForTheSameSeed(
            Architecture architecture, Optimizer optimizer, Conventions conventions, @TempDir Path folder) {
        TrainingConfig config = config(architecture, optimizer, conventions, 6);
        Path file = folder.resolve("checkpoint.safetensors");
        try (Trainer killed = Trainer.start(SOURCE, config, new VectorKernel(1))) {
            while (killed.step() < 3) {
                killed.advance();
            }
            Checkpoint.write(file, killed.snapshot(), "this training");
        }
        try (Trainer resumed =
                Trainer.resume(SOURCE, config, new VectorKernel(3), Checkpoint.read(file, "this training"))) {
            while (!resumed.done()) {
                resumed.advance();
            }
            TrainingState whole = train(config);
            assertThat(resumed.snapshot().weights().sameBits(whole.weights())).isTrue();
            assertThat(resumed.snapshot().exportedWeights().sameBits(whole.exportedWeights()))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void findsPlantedDirections(Architecture architecture, Optimizer optimizer, Conventions conventions) {
        double untrained = meanMatchedCosine(train(config(architecture, optimizer, conventions, 0)));
        double trained = meanMatchedCosine(train(config(architecture, optimizer, conventions, 800)));
        assertThat(trained).isGreaterThan(0.8).isGreaterThan(untrained + 0.05);
    }

    /** The definition, from what training left: shares of candidates, and a short way from there. */
    @Test
    void keepsArchetypesNearConvexCombinations() {
        Parameters weights = train(config(TOP_K, Optimizer.ADAM, conventions(ARCHETYPAL, true, null), 50))
                .weights();
        float[] share_sc = weights.factor(Parameters.ARCHETYPE_WEIGHTS);
        float[] candidate_cd = weights.factor(Parameters.CANDIDATES);
        for (int latent = 0; latent < LATENTS; latent++) {
            double sum = 0;
            double[] point_d = new double[WIDTH];
            for (int c = 0; c < 200; c++) {
                float share = share_sc[latent * 200 + c];
                assertThat(share).isGreaterThanOrEqualTo(0);
                sum += share;
                for (int i = 0; i < WIDTH; i++) {
                    point_d[i] += (double) share * candidate_cd[c * WIDTH + i];
                }
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
            double distance = 0;
            for (int i = 0; i < WIDTH; i++) {
                double difference = weights.wDec_sd()[latent * WIDTH + i] - point_d[i];
                distance += difference * difference;
            }
            assertThat(Math.sqrt(distance)).isLessThan(1.0001);
        }
    }

    @ParameterizedTest
    @EnumSource
    void scalesInputsAsSaidAndFoldsItBack(InputScale scale) {
        Conventions conventions = new Conventions(DecoderConstraint.of(true), true, DecoderStart.RANDOM, scale, null);
        TrainingState state = train(config(TOP_K, Optimizer.ADAM, conventions, 0));
        double c = state.inputScale();
        double squares = 0;
        double norms = 0;
        for (int example = 0; example < 8_000; example++) {
            double square = 0;
            for (int i = 0; i < WIDTH; i++) {
                square += c * c * EXAMPLES[example * WIDTH + i] * EXAMPLES[example * WIDTH + i];
            }
            squares += square / WIDTH / 8_000;
            norms += Math.sqrt(square) / 8_000;
        }
        switch (scale) {
            case MEAN_SQUARE -> assertThat(squares).isCloseTo(1, within(1e-4));
            case MEAN_NORM -> assertThat(norms).isCloseTo(Math.sqrt(WIDTH), within(1e-3));
            case NONE -> assertThat(c).isEqualTo(1);
            case ABOUT_BIAS -> assertThat(squares).isCloseTo(1, within(1e-4)); // b_dec starts at the origin here
        }
        assertThat(state.exportedWeights().bDec_d()[0])
                .isCloseTo((float) (state.weights().bDec_d()[0] / c), within(1e-6f));
    }

    /** Codes of the exported weights are the pre-activations that training saw, over the input's scale. */
    @Test
    void exportsWeightsThatSubtractTheBiasWhereTrainingDidNot() {
        TrainingState state =
                train(config(TOP_K, Optimizer.ADAM, conventions(DecoderConstraint.of(true), false, null), 50));
        Parameters trained = state.weights();
        Codes codes = new Codes(100, 3);
        try (var session = new VectorKernel(1).encode(state.exportedWeights(), new Activation.TopK(3), 100)) {
            session.encode(EXAMPLES, 100, codes);
        }
        for (int example = 0; example < 100; example++) {
            for (int at = codes.start(example); at < codes.end(example); at++) {
                double pre = trained.bEnc_s()[codes.latent(at)];
                for (int i = 0; i < WIDTH; i++) {
                    double x = (double) state.inputScale() * EXAMPLES[example * WIDTH + i];
                    pre += trained.wEnc_sd()[codes.latent(at) * WIDTH + i] * x;
                }
                assertThat((double) codes.value(at)).isCloseTo(pre / state.inputScale(), within(1e-4));
            }
        }
    }

    @Test
    void startsRowsAtExamples() {
        var conventions =
                new Conventions(DecoderConstraint.of(false), true, new DecoderStart(1, 0.1f, 2), InputScale.NONE, null);
        Parameters weights =
                train(config(TOP_K, Optimizer.ADAM, conventions, 0)).weights();
        for (int latent = 0; latent < LATENTS; latent++) {
            assertThat(greatestCosineWithAnExample(weights, latent, 1)).isCloseTo(1, within(1e-5));
            assertThat(UnitRows.norm(weights.wDec_sd(), latent * WIDTH, WIDTH)).isCloseTo(0.1, within(1e-6));
            assertThat(weights.wEnc_sd()[latent * WIDTH]).isEqualTo(2 * weights.wDec_sd()[latent * WIDTH]);
        }
    }

    @Test
    void resamplesSilentLatentsTowardsWhatIsReconstructedBadly() {
        TrainingState state = train(config(TOP_K, Optimizer.ADAM, Conventions.of(true), 20));
        float[] before = state.weights().wDec_sd().clone();
        state.silentFor_s()[5] = 1_000_000;
        Resampling resampling = new Resampling(10, 100, 1_000_000, 0.2f, 2_000);
        TrainingState after = new Resampler(resampling, TOP_K, new VectorKernel(1), 7).apply(state, SOURCE);
        Parameters weights = after.weights();
        assertThat(greatestCosineWithAnExample(weights, 5, after.inputScale())).isCloseTo(1, within(1e-5));
        double encoderNorms = 0;
        for (int latent = 0; latent < LATENTS; latent++) {
            encoderNorms += latent == 5 ? 0 : UnitRows.norm(weights.wEnc_sd(), latent * WIDTH, WIDTH) / (LATENTS - 1);
            for (int i = latent * WIDTH; i < (latent + 1) * WIDTH; i++) {
                assertThat(weights.wDec_sd()[i] == before[i]).isEqualTo(latent != 5);
            }
        }
        assertThat(UnitRows.norm(weights.wEnc_sd(), 5 * WIDTH, WIDTH)).isCloseTo(0.2 * encoderNorms, within(1e-5));
        assertThat(after.firstMoments().wDec_sd()[5 * WIDTH]).isZero();
        assertThat(after.silentFor_s()[5]).isZero();
    }

    @Test
    void refusesWhatContradicts() {
        assertThatThrownBy(() -> config(TOP_K, MUON, conventions(ARCHETYPAL, true, null), 1))
                .hasMessageContaining("take Adam");
        assertThatThrownBy(() -> config(
                        new Architecture.Hierarchical(3, 16, 3, 4, 0.1f),
                        Optimizer.ADAM,
                        conventions(ARCHETYPAL, true, null),
                        1))
                .hasMessageContaining("choose one of the two");
        assertThatThrownBy(() -> config(
                        new Architecture.Gated(1),
                        Optimizer.ADAM,
                        conventions(DecoderConstraint.of(true), true, new Resampling(2, 4, 256, 0.2f, 500)),
                        1))
                .hasMessageContaining("leave it out");
        assertThatThrownBy(() -> new Conventions(
                        DecoderConstraint.of(true), true, new DecoderStart(0, 0.1f, 1), InputScale.NONE, null))
                .hasMessageContaining("no effect");
        assertThatThrownBy(() -> new Optimizer(new Optimizer.Rule.Muon(0.9f, 0), 1))
                .hasMessageContaining("leave clipping out");
    }

    private static double meanMatchedCosine(TrainingState state) {
        float[] rows = state.weights().wDec_sd().clone();
        for (int at = 0; at < rows.length; at += WIDTH) {
            double norm = UnitRows.norm(rows, at, WIDTH);
            for (int i = at; i < at + WIDTH; i++) {
                rows[i] /= (float) norm;
            }
        }
        return PLANTED.meanMatchedCosine(rows);
    }

    /** The bias in the activations' own units is taken off the examples. */
    private static double greatestCosineWithAnExample(Parameters weights, int latent, double inputScale) {
        double greatest = -1;
        for (int example = 0; example < 8_000; example++) {
            double product = 0;
            double square = 0;
            for (int i = 0; i < WIDTH; i++) {
                double x = EXAMPLES[example * WIDTH + i] - weights.bDec_d()[i] / inputScale;
                product += weights.wDec_sd()[latent * WIDTH + i] * x;
                square += x * x;
            }
            greatest = Math.max(
                    greatest, product / Math.sqrt(square) / UnitRows.norm(weights.wDec_sd(), latent * WIDTH, WIDTH));
        }
        return greatest;
    }

    private static Conventions conventions(
            DecoderConstraint decoder, boolean preEncoderBias, @Nullable Resampling resampling) {
        return new Conventions(decoder, preEncoderBias, DecoderStart.RANDOM, InputScale.ABOUT_BIAS, resampling);
    }

    private static TrainingConfig config(
            Architecture architecture, Optimizer optimizer, Conventions conventions, int steps) {
        return new TrainingConfig(
                LATENTS,
                architecture,
                steps,
                256,
                new LearningRate(3e-3f, 10, LearningRate.Decay.LINEAR_TO_ZERO),
                optimizer,
                conventions,
                DecoderBias.ZERO,
                42);
    }

    private static TrainingState train(TrainingConfig config) {
        try (Trainer trainer = Trainer.start(SOURCE, config, new VectorKernel(2))) {
            while (!trainer.done()) {
                trainer.advance();
            }
            return trainer.snapshot();
        }
    }

    private static Conventions standardised() {
        return new Conventions(
                DecoderConstraint.of(true),
                true,
                DecoderStart.RANDOM,
                InputScale.ABOUT_BIAS,
                null,
                InputCentring.STANDARDISE);
    }
}
