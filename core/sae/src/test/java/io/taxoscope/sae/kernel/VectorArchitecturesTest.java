package io.taxoscope.sae.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.Architecture.JumpRelu;
import io.taxoscope.sae.Architecture.NestedTopK.Weighting;
import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.DecoderConstraint;
import io.taxoscope.sae.JumpPenalty;
import io.taxoscope.sae.Optimizer;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.PreActivationLoss;
import io.taxoscope.sae.Prefixes;
import io.taxoscope.sae.Shape;
import io.taxoscope.sae.TrainingState;
import java.util.List;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs at the JVM's own vector width and, by separate surefire executions, at 256 and 128 bits. */
class VectorArchitecturesTest {
    private static final AuxK AUX_K = new AuxK(1 / 32f, 6, 1000);
    /** Products are dense from no active latent on. */
    private static final double DENSE = 0;
    /** Rows are gathered even when all latents are active. */
    private static final double GATHERED = 2;

    @BeforeAll
    static void requireSuchVectors() {
        int wanted = Integer.getInteger("taxoscope.vector-bits", 0);
        int widest = FloatVector.SPECIES_PREFERRED.vectorBitSize();
        assumeTrue(wanted <= widest, () -> "SKIPPED: this CPU has no vectors of " + wanted + " bits");
    }

    static Stream<Architecture> architectures(int latents) {
        int k = Math.max(1, latents / 25);
        Stream<Architecture> single = Stream.of(
                new Architecture.Relu(0.2f),
                new JumpRelu(new JumpPenalty.L0(0.3f), 0.3f, 0.4f),
                new JumpRelu(new JumpPenalty.Tanh(0.3f, 1.5f), 0.3f, 0.4f),
                new Architecture.Gated(0.1f),
                new JumpRelu(new JumpPenalty.TargetL0(0.3f, 2), 0.3f, 0.4f, true, new PreActivationLoss(0.2f, 1000)),
                new JumpRelu(new JumpPenalty.L0(0.3f), 0.3f, 0.4f, false, null, true),
                new Architecture.TopK(k, true, null),
                new Architecture.TopK(latents, true, AUX_K),
                new Architecture.BatchTopK(k, 0.1f, AUX_K),
                new Architecture.BatchTopK(latents, 0.1f, null));
        if (latents < 8) {
            return single;
        }
        List<Integer> prefixes = List.of(latents / 8, latents / 3, latents);
        return Stream.concat(
                single,
                Stream.of(
                        new Architecture.Matryoshka(k, new Prefixes.Fixed(prefixes), 0.1f, AUX_K),
                        new Architecture.Matryoshka(k, new Prefixes.Random(2, 0.5, latents, 3), 0.1f, null),
                        new Architecture.TopK(k, new AuxK(0.1f, 6, 1000, true, AuxK.Normaliser.ELEMENTS)),
                        new Architecture.NestedTopK(List.of(k, 2 * k + 1, latents), Weighting.REVERSE, AUX_K)));
    }

    static Stream<Arguments> settings() {
        Stream<StepSettings> all = Stream.of(true, false)
                .flatMap(unitNorm -> architectures(75).map(each -> new StepSettings(each, unitNorm)));
        Optimizer clipped = new Optimizer(new Optimizer.Rule.AdamW(0.1f), 0.01f);
        return Stream.concat(all, further(clipped)).map(Arguments::of);
    }

    private static Stream<StepSettings> further(Optimizer clipped) {
        Architecture topK = new Architecture.TopK(4, AUX_K);
        Architecture tree = new Architecture.Hierarchical(4, 15, 4, 3, 0.1f);
        Optimizer muon = new Optimizer(new Optimizer.Rule.Muon(0.9f, 0.1f), Float.POSITIVE_INFINITY);
        DecoderConstraint archetypal = new DecoderConstraint.Archetypal(10, 0.3f);
        return Stream.of(
                new StepSettings(topK, clipped, true),
                new StepSettings(topK, clipped, archetypal, true),
                new StepSettings(tree, clipped, true),
                new StepSettings(tree, Optimizer.ADAM, false),
                new StepSettings(topK, muon, true),
                new StepSettings(new Architecture.Gated(0.1f), muon, new DecoderConstraint.AtMostUnitNorm(), false),
                new StepSettings(topK, Optimizer.ADAM, new DecoderConstraint.UnitNorm(false), false));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # width, latents, examples
              1,     1,    1
              3,     5,    4
             17,    33,   13
             33,    70,    1
              9,  1030,  193
            """)
    void trainsAndEncodesLikeTheReference(int width, int latents, int n) {
        architectures(latents).forEach(architecture -> {
            trainBoth(new Shape(width, latents), new StepSettings(architecture, true), n, GATHERED);
            trainBoth(new Shape(width, latents), new StepSettings(architecture, true), n, DENSE);
            encodeBoth(new Shape(width, latents), architecture, n);
        });
    }

    @ParameterizedTest
    @MethodSource("settings")
    void trainsLikeTheReferenceAtAnyNorm(StepSettings settings) {
        trainBoth(new Shape(20, 75), settings, 24, GATHERED);
        trainBoth(new Shape(20, 75), settings, 24, DENSE);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void givesTheSameBitsWithAnyNumberOfThreadsAndWhenResumed(StepSettings settings) {
        sameBits(settings, GATHERED);
        sameBits(settings, DENSE);
    }

    private static void sameBits(StepSettings settings, double denseFrom) {
        Shape shape = new Shape(20, 75);
        float[] x_bd = SyntheticSae.gaussians(400 * 20, 1, 5);
        TrainingState start = start(shape, settings);
        TrainingState whole = steps(new VectorKernel(1, denseFrom), settings, start, x_bd, 3);
        TrainingState half = steps(new VectorKernel(3, denseFrom), settings, start, x_bd, 2);
        TrainingState resumed = steps(new VectorKernel(2, denseFrom), settings, half, x_bd, 1);
        assertThat(resumed.weights().sameBits(whole.weights())).isTrue();
        assertThat(resumed.firstMoments().sameBits(whole.firstMoments())).isTrue();
        assertThat(resumed.threshold()).isEqualTo(Double.valueOf(whole.threshold())); // NaN equals NaN
    }

    /** Every step has another scale, so that the guessed bound is too high, too low and right. */
    @Test
    void choosesTheBatchesStrongestWhateverTheLastBatchWas() {
        Shape shape = new Shape(20, 75);
        StepSettings settings = new StepSettings(new Architecture.BatchTopK(3, 0.5f, null), true);
        TrainingState start = start(shape, settings);
        try (var reference = new ReferenceKernel().train(start, settings, 200);
                var vector = new VectorKernel(2).train(start, settings, 200)) {
            for (double scale : new double[] {1, 10, 0.01, 0.01, 3}) {
                float[] x_bd = SyntheticSae.gaussians(200 * 20, scale, 9);
                StepOutcome expected = reference.step(HostBatch.of(x_bd, 200), 1e-4f);
                StepOutcome actual = vector.step(HostBatch.of(x_bd, 200), 1e-4f);
                assertThat(actual.l0()).isEqualTo(expected.l0());
                assertThat(actual.objective()).isCloseTo(expected.objective(), within(1e-5 * expected.objective()));
                assertThat(vector.leastCode(HostBatch.of(x_bd, 200)))
                        .isCloseTo(reference.leastCode(HostBatch.of(x_bd, 200)), within(1e-4 * scale));
            }
            assertThat(vector.snapshot().threshold())
                    .isCloseTo(reference.snapshot().threshold(), within(1e-4));
        }
    }

    /** Ragged codes are filled in the examples' order, which several threads do not keep by themselves. */
    @ParameterizedTest
    @MethodSource("fixedCounts")
    void fillsRaggedCodesLikeFixedOnes(Activation activation, Codes fixed) {
        int n = 2_000;
        Parameters weights =
                start(new Shape(20, 75), new Architecture.TopK(4, null)).exportedWeights();
        float[] x_bd = SyntheticSae.gaussians(n * 20, 1, 6);
        Codes ragged = Codes.ragged(n);
        try (var session = new VectorKernel(4).encode(weights, activation, n)) {
            session.encode(x_bd, n, fixed);
            for (int again = 0; again < 20; again++) {
                session.encode(x_bd, n, ragged);
                assertThat(ragged.total(n)).isEqualTo(fixed.total(n));
                for (int example = 0; example < n; example++) {
                    for (int i = 0; i < fixed.active(example); i++) {
                        assertThat(ragged.latent(ragged.start(example) + i))
                                .isEqualTo(fixed.latent(fixed.start(example) + i));
                        assertThat(ragged.value(ragged.start(example) + i))
                                .isEqualTo(fixed.value(fixed.start(example) + i));
                    }
                }
            }
        }
    }

    static Stream<Arguments> fixedCounts() {
        return Stream.of(
                Arguments.of(new Activation.TopK(4), new Codes(2_000, 4)),
                Arguments.of(new Activation.Hierarchical(4, 15, 4), new Codes(2_000, 8)));
    }

    private static void trainBoth(Shape shape, StepSettings settings, int n, double denseFrom) {
        TrainingState start = start(shape, settings);
        float[] x_bd = SyntheticSae.gaussians(n * shape.width(), 1, 4);
        try (var reference = new ReferenceKernel().train(start, settings, n);
                var vector = new VectorKernel(2, denseFrom).train(start, settings, n)) {
            StepOutcome expected = reference.step(HostBatch.of(x_bd, n), 1e-3f);
            StepOutcome actual = vector.step(HostBatch.of(x_bd, n), 1e-3f);
            assertThat(actual.objective()).isCloseTo(expected.objective(), within(1e-5 * expected.objective()));
            assertThat(actual.meanSquaredError())
                    .isCloseTo(expected.meanSquaredError(), within(1e-5 * (1e-3 + expected.meanSquaredError())));
            assertThat(actual.auxLoss()).isCloseTo(expected.auxLoss(), within(1e-5 * (1 + expected.auxLoss())));
            assertThat(actual.l0()).isEqualTo(expected.l0());
            TrainingState actualEnd = vector.snapshot();
            TrainingState expectedEnd = reference.snapshot();
            assertThat(actualEnd.silentFor_s()).isEqualTo(expectedEnd.silentFor_s());
            assertClose(actualEnd.firstMoments(), expectedEnd.firstMoments(), 1e-5);
        }
    }

    private static void encodeBoth(Shape shape, Architecture architecture, int n) {
        Parameters weights = start(shape, architecture).withThreshold(0.6).exportedWeights();
        Activation activation = architecture.activation();
        float[] x_bd = SyntheticSae.gaussians(n * shape.width(), 1, 4);
        Codes expected = Codes.ragged(n);
        Codes actual = Codes.of(activation, n);
        try (var reference = new ReferenceKernel().encode(weights, activation, n);
                var vector = new VectorKernel(2).encode(weights, activation, n)) {
            reference.encode(x_bd, n, expected);
            vector.encode(x_bd, n, actual);
        }
        for (int example = 0; example < n; example++) {
            assertThat(actual.active(example)).isEqualTo(expected.active(example));
            for (int i = 0; i < expected.active(example); i++) {
                int at = actual.start(example) + i;
                int expectedAt = expected.start(example) + i;
                assertThat(actual.latent(at)).isEqualTo(expected.latent(expectedAt));
                assertThat(actual.value(at)).isCloseTo(expected.value(expectedAt), within(1e-4f));
            }
        }
    }

    private static TrainingState steps(
            Kernel kernel, StepSettings settings, TrainingState start, float[] x_bd, int steps) {
        try (var session = kernel.train(start, settings, 400)) {
            for (int step = 0; step < steps; step++) {
                session.step(HostBatch.of(x_bd, 400), 1e-3f);
            }
            return session.snapshot();
        }
    }

    private static TrainingState start(Shape shape, StepSettings settings) {
        DecoderConstraint.Archetypal archetypal = settings.decoder().archetypal();
        TrainingState start = start(shape, settings.architecture());
        return archetypal == null ? start : SyntheticSae.withArchetypes(archetypal, start);
    }

    private static TrainingState start(Shape shape, Architecture architecture) {
        TrainingState plain = SyntheticSae.stateWithDead(shape, 3);
        Parameters weights = plain.weights();
        int latents = shape.latents();
        if (architecture instanceof JumpRelu jump) {
            float[] trained_s = SyntheticSae.gaussians(latents, 0.3, 8);
            for (int latent = 0; latent < latents; latent++) {
                trained_s[latent] = jump.trained((float) Math.exp(trained_s[latent]));
            }
            weights = weights.with(jump.thresholdName(), trained_s);
        }
        if (architecture instanceof Architecture.Gated) {
            weights = weights.with(Parameters.R_MAG, SyntheticSae.gaussians(latents, 0.3, 8))
                    .with(Parameters.B_MAG, SyntheticSae.gaussians(latents, 0.1, 9));
        }
        if (architecture instanceof Architecture.Hierarchical tree) {
            weights = SyntheticSae.withSubspaces(tree, weights);
        }
        Parameters zeros = Parameters.zerosLike(weights);
        return new TrainingState(weights, zeros, zeros.copy(), plain.silentFor_s(), 1, 0);
    }

    private static void assertClose(Parameters actual, Parameters expected, double tolerance) {
        assertClose(actual.wEnc_sd(), expected.wEnc_sd(), tolerance);
        assertClose(actual.wDec_sd(), expected.wDec_sd(), tolerance);
        assertClose(actual.bEnc_s(), expected.bEnc_s(), tolerance);
        assertClose(actual.bDec_d(), expected.bDec_d(), tolerance);
        for (String name : expected.perLatentNames()) {
            assertClose(actual.perLatent_s(name), expected.perLatent_s(name), tolerance);
        }
    }

    /** Within {@code tolerance} times the largest expected magnitude. */
    private static void assertClose(float[] actual, float[] expected, double tolerance) {
        float largest = 1e-6f;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i]).as("element %d", i).isCloseTo(expected[i], within(tolerance * largest));
        }
    }
}
