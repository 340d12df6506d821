package io.taxoscope.sae.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.Shape;
import io.taxoscope.sae.TrainingState;
import io.taxoscope.store.Safetensors;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten steps beside PyTorch autograd and Adam in float64; {@code bench/python/sae_fixtures.py} made the files. */
class TorchParityTest {
    private static final Shape SHAPE = new Shape(20, 75);
    private static final int BATCH = 24;
    private static final AuxK AUX_K = new AuxK(1 / 32f, 6, 60);

    static Stream<Arguments> runs() {
        return Stream.of(
                        Arguments.of("plain", new StepSettings(4, null, true)),
                        Arguments.of("auxk", new StepSettings(4, AUX_K, true)),
                        Arguments.of("free_norm", new StepSettings(4, AUX_K, false)))
                .flatMap(run -> Stream.of(new ReferenceKernel(), new VectorKernel(2))
                        .map(kernel -> Arguments.of(run.get()[0], run.get()[1], kernel)));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void tenStepsEqualPyTorchs(String name, StepSettings settings, Kernel kernel) {
        try (Safetensors fixture = fixture(name);
                TrainingSession session = kernel.train(initial(fixture), settings, BATCH)) {
            float[] batches = fixture.floats("batches");
            float[] losses = fixture.floats("losses");
            float[] auxLosses = fixture.floats("aux_losses");
            for (int step = 0; step < losses.length; step++) {
                StepOutcome outcome = session.step(HostBatch.of(batch(batches, step), BATCH), 1e-2f);
                assertThat(outcome.meanSquaredError()).isCloseTo(losses[step], within(1e-5 * losses[step]));
                assertThat(outcome.auxLoss()).isCloseTo(auxLosses[step], within(1e-4 * auxLosses[step]));
            }
            assertClose(session.snapshot().weights(), parameters(fixture, "final"), 1e-4);
        }
    }

    @ParameterizedTest
    @MethodSource("runs")
    void gradientsEqualPyTorchs(String name, StepSettings settings, Kernel kernel) {
        var free = new StepSettings(settings.architecture(), false);
        try (Safetensors fixture = fixture(name);
                TrainingSession session = kernel.train(initial(fixture), free, BATCH)) {
            session.step(HostBatch.of(batch(fixture.floats("batches"), 0), BATCH), 1e-2f);
            // from rest, Adam's first moment is (1 - 0.9) times the gradient
            Parameters gradient = timesTen(session.snapshot().firstMoments());
            assertClose(gradient, parameters(fixture, "gradient"), 1e-5);
        }
    }

    private static TrainingState initial(Safetensors fixture) {
        return new TrainingState(
                parameters(fixture, "initial"),
                Parameters.zeros(SHAPE),
                Parameters.zeros(SHAPE),
                fixture.longs("silent_for"),
                1,
                0);
    }

    private static Parameters parameters(Safetensors fixture, String prefix) {
        return new Parameters(
                SHAPE,
                fixture.floats(prefix + ".w_enc"),
                fixture.floats(prefix + ".w_dec"),
                fixture.floats(prefix + ".b_enc"),
                fixture.floats(prefix + ".b_dec"));
    }

    private static Parameters timesTen(Parameters moments) {
        for (float[] values : List.of(moments.wEnc_sd(), moments.wDec_sd(), moments.bEnc_s(), moments.bDec_d())) {
            for (int i = 0; i < values.length; i++) {
                values[i] *= 10;
            }
        }
        return moments;
    }

    private static float[] batch(float[] batches, int step) {
        int size = BATCH * SHAPE.width();
        return Arrays.copyOfRange(batches, step * size, (step + 1) * size);
    }

    private static void assertClose(Parameters actual, Parameters expected, double tolerance) {
        assertThat(actual.wEnc_sd()).containsExactly(expected.wEnc_sd(), offset(expected.wEnc_sd(), tolerance));
        assertThat(actual.wDec_sd()).containsExactly(expected.wDec_sd(), offset(expected.wDec_sd(), tolerance));
        assertThat(actual.bEnc_s()).containsExactly(expected.bEnc_s(), offset(expected.bEnc_s(), tolerance));
        assertThat(actual.bDec_d()).containsExactly(expected.bDec_d(), offset(expected.bDec_d(), tolerance));
    }

    /** A share of the largest magnitude. */
    private static org.assertj.core.data.Offset<Float> offset(float[] expected, double tolerance) {
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        return within((float) (tolerance * largest));
    }

    private static Safetensors fixture(String name) {
        var resource = Objects.requireNonNull(TorchParityTest.class.getResource("/torch/" + name + ".safetensors"));
        try {
            return Safetensors.read(Path.of(resource.toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
