package io.taxoscope.sae.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.Shape;
import io.taxoscope.sae.TrainingState;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs at the JVM's own vector width and, by separate surefire executions, at 256 and 128 bits. */
class VectorKernelTest {
    private static final AuxK AUX_K = new AuxK(1 / 32f, 6, 1000);
    private static final String SIZES = """
            # width, latents, k, examples
              1,     1,    1,   1
              3,     5,    2,   4
             16,    32,    4,  12
             17,    33,   33,  13
             20,    75,    1,  24
             33,    70,   70,   1
             40,  1030,    8, 200
             65,  2100,   40, 193
            """;

    @BeforeAll
    static void requireSuchVectors() {
        int wanted = Integer.getInteger("taxoscope.vector-bits", 0);
        int widest = FloatVector.SPECIES_PREFERRED.vectorBitSize();
        assumeTrue(wanted <= widest, () -> "SKIPPED: this CPU has no vectors of " + wanted + " bits");
        assertThat(new VectorKernel(1).name()).isEqualTo("vector-" + (wanted == 0 ? Math.min(widest, 512) : wanted));
    }

    @ParameterizedTest
    @CsvSource(textBlock = SIZES)
    void choosesTheSameLatentsAsTheReference(int width, int latents, int k, int n) {
        Parameters weights = SyntheticSae.weights(new Shape(width, latents), 1);
        float[] x_bd = SyntheticSae.gaussians(n * width, 1, 2);
        Codes expected = new Codes(n, k);
        Codes actual = new Codes(n, k);
        float[] expectedXhat = new float[n * width];
        float[] actualXhat = new float[n * width];
        try (var reference = new ReferenceKernel().encode(weights, k, n);
                var vector = new VectorKernel(2).encode(weights, k, n)) {
            reference.encode(x_bd, n, expected);
            vector.encode(x_bd, n, actual);
            reference.decode(expected, n, expectedXhat);
            vector.decode(actual, n, actualXhat);
        }
        assertSameCodes(actual, expected, n);
        assertClose(actualXhat, expectedXhat, 1e-5);
    }

    @ParameterizedTest
    @CsvSource(textBlock = SIZES)
    void trainsLikeTheReference(int width, int latents, int k, int n) {
        trainBoth(new Shape(width, latents), new StepSettings(k, null, true), n);
    }

    @ParameterizedTest
    @CsvSource(textBlock = SIZES)
    void revivesDeadLatentsLikeTheReference(int width, int latents, int k, int n) {
        trainBoth(new Shape(width, latents), new StepSettings(k, AUX_K, true), n);
        trainBoth(new Shape(width, latents), new StepSettings(k, AUX_K, true), n, 0);
    }

    @Test
    void trainsLikeTheReferenceWithAFreeDecoderNorm() {
        trainBoth(new Shape(20, 75), new StepSettings(4, AUX_K, false), 24);
    }

    @Test
    void givesTheSameBitsWithOneThreadAndWithThree() {
        Shape shape = new Shape(40, 700);
        StepSettings settings = new StepSettings(8, AUX_K, true);
        TrainingState one = train(new VectorKernel(1), shape, settings, 600);
        TrainingState three = train(new VectorKernel(3), shape, settings, 600);
        assertThat(one.weights().sameBits(three.weights())).isTrue();
        assertThat(one.firstMoments().sameBits(three.firstMoments())).isTrue();
        assertThat(one.secondMoments().sameBits(three.secondMoments())).isTrue();
    }

    @Test
    void continuesFromASnapshotWithTheSameBits() {
        Shape shape = new Shape(21, 90);
        StepSettings settings = new StepSettings(5, AUX_K, true);
        float[] x_bd = SyntheticSae.gaussians(50 * 21, 1, 7);
        try (var whole = new VectorKernel(2).train(SyntheticSae.stateWithDead(shape, 3), settings, 50)) {
            whole.step(HostBatch.of(x_bd, 50), 1e-3f);
            try (var resumed = new VectorKernel(2).train(whole.snapshot(), settings, 50)) {
                whole.step(HostBatch.of(x_bd, 50), 1e-3f);
                resumed.step(HostBatch.of(x_bd, 50), 1e-3f);
                assertThat(resumed.snapshot()
                                .weights()
                                .sameBits(whole.snapshot().weights()))
                        .isTrue();
                assertThat(resumed.snapshot().silentFor_s())
                        .isEqualTo(whole.snapshot().silentFor_s());
            }
        }
    }

    @Test
    void keepsTheLowerLatentsWhenAllValuesAreEqual() {
        Shape shape = new Shape(4, 5000);
        Parameters weights = Parameters.zeros(shape);
        java.util.Arrays.fill(weights.bEnc_s(), 1f);
        Codes codes = new Codes(1, 7);
        try (var vector = new VectorKernel(1).encode(weights, 7, 1)) {
            vector.encode(new float[] {1, 2, 3, 4}, 1, codes);
        }
        assertThat(codes.active(0)).isEqualTo(7);
        for (int i = 0; i < 7; i++) {
            assertThat(codes.latent(i)).isEqualTo(i);
            assertThat(codes.value(i)).isEqualTo(1f);
        }
    }

    private static void trainBoth(Shape shape, StepSettings settings, int n) {
        trainBoth(shape, settings, n, 2);
    }

    /** @param denseFrom share of active latents from which products are dense */
    private static void trainBoth(Shape shape, StepSettings settings, int n, double denseFrom) {
        TrainingState initial = SyntheticSae.stateWithDead(shape, 3);
        float[] x_bd = SyntheticSae.gaussians(n * shape.width(), 1, 4);
        try (var reference = new ReferenceKernel().train(initial, settings, n);
                var vector = new VectorKernel(2, denseFrom).train(initial, settings, n)) {
            StepOutcome expected = reference.step(HostBatch.of(x_bd, n), 1e-3f);
            StepOutcome actual = vector.step(HostBatch.of(x_bd, n), 1e-3f);
            assertThat(actual.meanSquaredError())
                    .isCloseTo(expected.meanSquaredError(), within(1e-5 * expected.meanSquaredError()));
            assertThat(actual.auxLoss()).isCloseTo(expected.auxLoss(), within(1e-5 * (1 + expected.auxLoss())));
            assertThat(actual.l0()).isEqualTo(expected.l0());
            assertSameState(vector.snapshot(), reference.snapshot());
        }
    }

    /** After one step from rest Adam's first moment is a tenth of the gradient, so this compares gradients too. */
    private static void assertSameState(TrainingState actual, TrainingState expected) {
        assertThat(actual.silentFor_s()).isEqualTo(expected.silentFor_s());
        assertClose(actual.firstMoments().wEnc_sd(), expected.firstMoments().wEnc_sd(), 1e-5);
        assertClose(actual.firstMoments().wDec_sd(), expected.firstMoments().wDec_sd(), 1e-5);
        assertClose(actual.firstMoments().bEnc_s(), expected.firstMoments().bEnc_s(), 1e-5);
        assertClose(actual.firstMoments().bDec_d(), expected.firstMoments().bDec_d(), 1e-5);
        assertClose(actual.secondMoments().wDec_sd(), expected.secondMoments().wDec_sd(), 1e-5);
    }

    /** Compares within {@code tolerance} times the largest expected magnitude. */
    private static void assertClose(float[] actual, float[] expected, double tolerance) {
        double largest = 1e-12;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i]).as("element %d", i).isCloseTo(expected[i], within(tolerance * largest));
        }
    }

    private static void assertSameCodes(Codes actual, Codes expected, int n) {
        for (int example = 0; example < n; example++) {
            assertThat(actual.active(example)).isEqualTo(expected.active(example));
            int start = example * expected.k();
            for (int at = start; at < start + expected.active(example); at++) {
                assertThat(actual.latent(at)).isEqualTo(expected.latent(at));
                assertThat(actual.value(at)).isCloseTo(expected.value(at), within(1e-5f * (1 + expected.value(at))));
            }
        }
    }

    private static TrainingState train(Kernel kernel, Shape shape, StepSettings settings, int n) {
        @Nullable TrainingState end;
        float[] x_bd = SyntheticSae.gaussians(n * shape.width(), 1, 5);
        try (var session = kernel.train(SyntheticSae.stateWithDead(shape, 3), settings, n)) {
            for (int step = 0; step < 3; step++) {
                session.step(HostBatch.of(x_bd, n), 1e-3f);
            }
            end = session.snapshot();
        }
        return end;
    }
}
