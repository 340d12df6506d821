package io.taxoscope.sae.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.ActivationSource;
import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.Architecture.JumpRelu;
import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.DecoderConstraint;
import io.taxoscope.sae.InMemoryActivations;
import io.taxoscope.sae.JumpPenalty;
import io.taxoscope.sae.Optimizer;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.PreActivationLoss;
import io.taxoscope.sae.Shape;
import io.taxoscope.sae.Standardiser;
import io.taxoscope.sae.TrainingState;
import io.taxoscope.store.Safetensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten steps beside PyTorch autograd in float64; {@code bench/python/sae_variants.py} made the files. */
class VariantParityTest {
    private static final Shape SHAPE = new Shape(20, 75);
    private static final int BATCH = 24;
    private static final List<String> PER_LATENT = List.of(Parameters.LOG_THRESHOLD, Parameters.THRESHOLD);
    private static final List<String> FACTORS = List.of(
            Parameters.ARCHETYPE_WEIGHTS,
            Parameters.RELAXATION,
            Parameters.CANDIDATES,
            Parameters.SUBSPACE_DOWN,
            Parameters.SUBSPACE_UP,
            Parameters.CHILD_ENCODER,
            Parameters.CHILD_DECODER);

    private static final Architecture TOP_K = new Architecture.TopK(4, null);
    private static final AuxK WITH_BIAS = new AuxK(1 / 32f, 6, 60, true, AuxK.Normaliser.ELEMENTS);
    private static final Architecture TARGET = new JumpRelu(new JumpPenalty.TargetL0(0.5f, 12), 0.3f, 1, true, null);
    private static final Architecture PULLED =
            new JumpRelu(new JumpPenalty.Tanh(0.3f, 1.5f), 0.3f, 1, true, new PreActivationLoss(0.2f, 60));
    private static final Optimizer MUON = new Optimizer(new Optimizer.Rule.Muon(0.9f, 0.1f), Float.POSITIVE_INFINITY);

    static Stream<Arguments> runs() {
        Map<String, StepSettings> runs = new LinkedHashMap<>();
        runs.put("jumprelu_target_l0", new StepSettings(TARGET, true));
        runs.put("jumprelu_pre_activation", new StepSettings(PULLED, false));
        runs.put("auxk_bias", new StepSettings(new Architecture.TopK(4, WITH_BIAS), true));
        runs.put(
                "no_pre_bias",
                new StepSettings(
                        new Architecture.TopK(4, new AuxK(1 / 32f, 6, 60)),
                        Optimizer.ADAM,
                        DecoderConstraint.of(true),
                        false));
        runs.put("no_projection", constrained(new DecoderConstraint.UnitNorm(false)));
        runs.put("at_most_unit_norm", constrained(new DecoderConstraint.AtMostUnitNorm()));
        runs.put("muon", new StepSettings(TOP_K, MUON, true));
        runs.put("archetypal", constrained(new DecoderConstraint.Archetypal(10, 0.3f)));
        runs.put("signed_topk", new StepSettings(new Architecture.TopK(4, true, new AuxK(1 / 32f, 6, 60)), true));
        runs.put(
                "jumprelu_direct",
                new StepSettings(new JumpRelu(new JumpPenalty.L0(0.3f), 0.3f, 1, false, null, true), true));
        runs.put("hierarchical", new StepSettings(new Architecture.Hierarchical(4, 15, 4, 3, 0.1f), true));
        return runs.entrySet().stream()
                .flatMap(run -> kernels().map(kernel -> Arguments.of(run.getKey(), run.getValue(), kernel)));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void tenStepsEqualPyTorchs(String name, StepSettings settings, Kernel kernel) {
        try (Safetensors fixture = TorchFixture.open("variants/" + name);
                Safetensors common = TorchFixture.open("architectures/common");
                TrainingSession session = kernel.train(initial(common, fixture), settings, BATCH)) {
            float[] objectives = fixture.floats("objectives");
            float[] active = fixture.floats("active");
            for (int step = 0; step < objectives.length; step++) {
                StepOutcome outcome = session.step(HostBatch.of(batch(common, step), BATCH), 1e-2f);
                assertThat(outcome.objective()).isCloseTo(objectives[step], within(1e-5 * objectives[step]));
                assertThat((float) outcome.l0()).isEqualTo(active[step]);
            }
            assertClose(session.snapshot().weights(), fixture, "final.", 1e-4);
        }
    }

    /** Of elements with means and deviations of their own; then the weights for activations as they are. */
    @ParameterizedTest
    @MethodSource("kernels")
    void standardisingIsFoldedIntoTheWeights(Kernel kernel) {
        StepSettings settings = new StepSettings(TOP_K, Optimizer.ADAM, DecoderConstraint.of(true), false);
        try (Safetensors fixture = TorchFixture.open("variants/standardised");
                Safetensors common = TorchFixture.open("architectures/common");
                TrainingSession session = kernel.train(initial(common, fixture), settings, BATCH)) {
            var standardiser = new Standardiser(fixture.floats("mean"), fixture.floats("deviation"));
            var raw = new InMemoryActivations(fixture.floats("raw"), SHAPE.width());
            ActivationSource met = standardiser.over(raw);
            float[] objectives = fixture.floats("objectives");
            float[] x_bd = new float[BATCH * SHAPE.width()];
            for (int step = 0; step < objectives.length; step++) {
                met.rows(step * BATCH, BATCH, x_bd);
                double objective =
                        session.step(HostBatch.of(x_bd, BATCH), 1e-2f).objective();
                assertThat(objective).isCloseTo(objectives[step], within(1e-5 * objectives[step]));
            }
            TrainingState state = session.snapshot().withStandardiser(standardiser);
            assertClose(state.weights(), fixture, "final.", 1e-4);
            raw.rows(0, BATCH, x_bd);
            assertEncodesAs(fixture, kernel, state.exportedWeights(), x_bd);
        }
    }

    private static void assertEncodesAs(Safetensors fixture, Kernel kernel, Parameters weights, float[] x_bd) {
        Codes codes = new Codes(BATCH, 4);
        float[] xhat_bd = new float[x_bd.length];
        float[] z_bs = new float[BATCH * SHAPE.latents()];
        try (var encoding = kernel.encode(weights, new Activation.TopK(4), BATCH)) {
            encoding.encode(x_bd, BATCH, codes);
            encoding.decode(codes, BATCH, xhat_bd);
        }
        for (int example = 0; example < BATCH; example++) {
            for (int at = codes.start(example); at < codes.end(example); at++) {
                z_bs[example * SHAPE.latents() + codes.latent(at)] = codes.value(at);
            }
        }
        TorchFixture.assertClose("z", z_bs, fixture.floats("z"), 1e-4);
        TorchFixture.assertClose("xhat", xhat_bd, fixture.floats("xhat"), 1e-4);
    }

    static Stream<Kernel> kernels() {
        return Stream.of(new ReferenceKernel(), new VectorKernel(2));
    }

    /** From rest, Adam's first moment is (1 - 0.9) times the gradient, and so is Muon's. */
    @ParameterizedTest
    @MethodSource("runs")
    void gradientsEqualPyTorchs(String name, StepSettings settings, Kernel kernel) {
        DecoderConstraint free =
                settings.decoder().archetypal() == null ? DecoderConstraint.of(false) : settings.decoder();
        StepSettings unprojected =
                new StepSettings(settings.architecture(), settings.optimizer(), free, settings.preEncoderBias());
        try (Safetensors fixture = TorchFixture.open("variants/" + name);
                Safetensors common = TorchFixture.open("architectures/common");
                TrainingSession session = kernel.train(initial(common, fixture), unprojected, BATCH)) {
            session.step(HostBatch.of(batch(common, 0), BATCH), 1e-2f);
            Parameters moments = session.snapshot().firstMoments();
            for (float[] values : moments.trained()) {
                for (int i = 0; i < values.length; i++) {
                    values[i] *= 10;
                }
            }
            assertClose(moments, fixture, "gradient.", 1e-5);
        }
    }

    private static StepSettings constrained(DecoderConstraint decoder) {
        return new StepSettings(TOP_K, Optimizer.ADAM, decoder, true);
    }

    private static TrainingState initial(Safetensors common, Safetensors fixture) {
        Parameters weights = new Parameters(
                SHAPE,
                fixture.floats("initial.w_enc"),
                fixture.floats("initial.w_dec"),
                fixture.floats("initial.b_enc"),
                fixture.floats("initial.b_dec"));
        for (String name : PER_LATENT) {
            weights = fixture.has("initial." + name) ? weights.with(name, fixture.floats("initial." + name)) : weights;
        }
        for (String name : FACTORS) {
            weights = fixture.has("initial." + name)
                    ? weights.withFactor(name, fixture.floats("initial." + name))
                    : weights;
        }
        Parameters zeros = Parameters.zerosLike(weights);
        return new TrainingState(weights, zeros, zeros.copy(), common.longs("silent_for"), 1, 0);
    }

    private static float[] batch(Safetensors common, int step) {
        int size = BATCH * SHAPE.width();
        return Arrays.copyOfRange(common.floats("batches"), step * size, (step + 1) * size);
    }

    /** Of rows that follow from factors a file may have the trained ones alone, which come first. */
    private static void assertClose(Parameters actual, Safetensors fixture, String prefix, double tolerance) {
        Map<String, float[]> values = new LinkedHashMap<>();
        values.put("w_enc", actual.wEnc_sd());
        values.put("w_dec", actual.wDec_sd());
        values.put("b_enc", actual.bEnc_s());
        values.put("b_dec", actual.bDec_d());
        actual.perLatentNames().forEach(name -> values.put(name, actual.perLatent_s(name)));
        actual.factorNames().forEach(name -> values.put(name, actual.factor(name)));
        values.forEach((name, all) -> {
            if (fixture.has(prefix + name)) {
                float[] expected = fixture.floats(prefix + name);
                TorchFixture.assertClose(name, Arrays.copyOf(all, expected.length), expected, tolerance);
            } else {
                assertThat(settledElsewhere(name)).as(name).isTrue();
            }
        });
    }

    private static boolean settledElsewhere(String name) {
        return name.equals("w_dec") || name.equals(Parameters.CANDIDATES);
    }
}
