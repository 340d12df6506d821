package io.taxoscope.sae.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.Architecture.JumpRelu;
import io.taxoscope.sae.Architecture.NestedTopK.Weighting;
import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.JumpPenalty;
import io.taxoscope.sae.Optimizer;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.Prefixes;
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

/** Ten steps beside PyTorch autograd and Adam in float64; {@code bench/python/sae_architectures.py} made the files. */
class ArchitectureParityTest {
    private static final Shape SHAPE = new Shape(20, 75);
    private static final int BATCH = 24;
    private static final AuxK AUX_K = new AuxK(1 / 32f, 6, 60);
    private static final Prefixes PREFIXES = new Prefixes.Fixed(List.of(8, 30, 75));
    private static final List<Integer> KS = List.of(2, 4, 9);

    private static final Architecture BATCH_TOP_K = new Architecture.BatchTopK(4, 0.25f, AUX_K);
    private static final Optimizer CLIPPED_ADAMW = new Optimizer(new Optimizer.Rule.AdamW(0.5f), 0.05f);
    private static final Optimizer SIGNUM = new Optimizer(new Optimizer.Rule.Signum(0.9f), Float.POSITIVE_INFINITY);

    static Stream<Arguments> runs() {
        return Stream.of(
                        run("relu", new Architecture.Relu(0.2f), true),
                        run("relu_free_norm", new Architecture.Relu(0.2f), false),
                        run("batch_topk", BATCH_TOP_K, true),
                        run("jumprelu_l0", new JumpRelu(new JumpPenalty.L0(0.3f), 0.3f, 1), true),
                        run("jumprelu_tanh", new JumpRelu(new JumpPenalty.Tanh(0.3f, 1.5f), 0.3f, 1), false),
                        run("gated", new Architecture.Gated(0.1f), true),
                        run("gated_free_norm", new Architecture.Gated(0.1f), false),
                        run("matryoshka", new Architecture.Matryoshka(4, PREFIXES, 0.25f, AUX_K), true),
                        run("nested_uniform", new Architecture.NestedTopK(KS, Weighting.UNIFORM, null), true),
                        run("nested_reverse", new Architecture.NestedTopK(KS, Weighting.REVERSE, AUX_K), true),
                        Arguments.of("adamw_clipped", new StepSettings(BATCH_TOP_K, CLIPPED_ADAMW, true)),
                        Arguments.of("signum", new StepSettings(new Architecture.Gated(0.1f), SIGNUM, false)))
                .flatMap(run -> Stream.of(new ReferenceKernel(), new VectorKernel(2))
                        .map(kernel -> Arguments.of(run.get()[0], run.get()[1], kernel)));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void tenStepsEqualPyTorchs(String name, StepSettings settings, Kernel kernel) {
        try (Safetensors fixture = fixture(name);
                Safetensors common = fixture("common");
                TrainingSession session = kernel.train(initial(common, fixture), settings, BATCH)) {
            float[] objectives = fixture.floats("objectives");
            float[] active = fixture.floats("active");
            float rate = name.equals("signum") ? 1e-3f : 1e-2f;
            for (int step = 0; step < objectives.length; step++) {
                StepOutcome outcome = session.step(HostBatch.of(batch(common, step), BATCH), rate);
                assertThat(outcome.objective()).isCloseTo(objectives[step], within(1e-5 * objectives[step]));
                assertThat((float) outcome.l0()).isEqualTo(active[step]);
            }
            TrainingState end = session.snapshot();
            assertClose(end.weights(), fixture, "final.", 1e-4);
            if (settings.architecture().keepsThreshold()) {
                assertThat(end.threshold()).isCloseTo(fixture.floats("threshold")[0], within(1e-4));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("runs")
    void gradientsEqualPyTorchs(String name, StepSettings settings, Kernel kernel) {
        StepSettings free = new StepSettings(settings.architecture(), false); // nothing projected out of the gradient
        try (Safetensors fixture = fixture(name);
                Safetensors common = fixture("common");
                TrainingSession session = kernel.train(initial(common, fixture), free, BATCH)) {
            session.step(HostBatch.of(batch(common, 0), BATCH), 1e-2f);
            // from rest, Adam's first moment is (1 - 0.9) times the gradient
            Parameters moments = session.snapshot().firstMoments();
            scale(moments, 10);
            assertClose(moments, fixture, "gradient.", 1e-5);
        }
    }

    private static Arguments run(String name, Architecture architecture, boolean unitNorm) {
        return Arguments.of(name, new StepSettings(architecture, unitNorm));
    }

    private static TrainingState initial(Safetensors common, Safetensors fixture) {
        Parameters weights = new Parameters(
                SHAPE, common.floats("w_enc"), common.floats("w_dec"), common.floats("b_enc"), common.floats("b_dec"));
        for (String name : List.of(Parameters.LOG_THRESHOLD, Parameters.R_MAG, Parameters.B_MAG)) {
            if (fixture.has("final." + name)) {
                weights = weights.with(name, common.floats(name));
            }
        }
        return new TrainingState(
                weights,
                Parameters.zerosLike(weights),
                Parameters.zerosLike(weights),
                common.longs("silent_for"),
                1,
                0);
    }

    private static float[] batch(Safetensors common, int step) {
        int size = BATCH * SHAPE.width();
        return Arrays.copyOfRange(common.floats("batches"), step * size, (step + 1) * size);
    }

    private static void scale(Parameters moments, float factor) {
        scale(moments.wEnc_sd(), factor);
        scale(moments.wDec_sd(), factor);
        scale(moments.bEnc_s(), factor);
        scale(moments.bDec_d(), factor);
        moments.perLatentNames().forEach(name -> scale(moments.perLatent_s(name), factor));
    }

    private static void scale(float[] values, float factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    private static void assertClose(Parameters actual, Safetensors fixture, String prefix, double tolerance) {
        assertClose(actual.wEnc_sd(), fixture.floats(prefix + "w_enc"), tolerance);
        assertClose(actual.wDec_sd(), fixture.floats(prefix + "w_dec"), tolerance);
        assertClose(actual.bEnc_s(), fixture.floats(prefix + "b_enc"), tolerance);
        assertClose(actual.bDec_d(), fixture.floats(prefix + "b_dec"), tolerance);
        for (String name : actual.perLatentNames()) {
            assertClose(actual.perLatent_s(name), fixture.floats(prefix + name), tolerance);
        }
    }

    /** Within a share of the largest magnitude. */
    private static void assertClose(float[] actual, float[] expected, double tolerance) {
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(actual).containsExactly(expected, within((float) (tolerance * largest)));
    }

    private static Safetensors fixture(String name) {
        String path = "/torch/architectures/" + name + ".safetensors";
        try {
            return Safetensors.read(Path.of(Objects.requireNonNull(ArchitectureParityTest.class.getResource(path))
                    .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
