package io.taxoscope.sae.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.Architecture.JumpRelu;
import io.taxoscope.sae.Architecture.NestedTopK.Weighting;
import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.InMemoryActivations;
import io.taxoscope.sae.JumpPenalty;
import io.taxoscope.sae.Optimizer;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.PreActivationLoss;
import io.taxoscope.sae.Prefixes;
import io.taxoscope.sae.TrainingState;
import io.taxoscope.sae.format.Checkpoint;
import io.taxoscope.sae.kernel.Codes;
import io.taxoscope.sae.kernel.VectorKernel;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTrainingTest {
    private static final int LATENTS = 64;
    private static final AuxK AUX_K = new AuxK(1 / 32f, 16, 4_000);
    private static final PlantedDictionary PLANTED = new PlantedDictionary(32, 48, 3, 1);
    private static final InMemoryActivations SOURCE = new InMemoryActivations(PLANTED.examples(8_000, 2), 32);

    static Stream<Architecture> architectures() {
        return Stream.of(
                new Architecture.Relu(2),
                new Architecture.BatchTopK(3, 0.01f, AUX_K),
                new JumpRelu(new JumpPenalty.L0(2), 0.5f, 0.5f),
                new JumpRelu(new JumpPenalty.Tanh(2, 1), 0.5f, 0.5f),
                new JumpRelu(new JumpPenalty.TargetL0(20, 3), 0.5f, 0.5f, true, new PreActivationLoss(0.05f, 2_000)),
                new Architecture.Gated(4),
                new Architecture.Hierarchical(3, 16, 3, 4, 0.1f),
                new Architecture.Matryoshka(3, new Prefixes.Fixed(List.of(24, 48, LATENTS)), 0.01f, AUX_K),
                new Architecture.NestedTopK(List.of(3, 6, 12), Weighting.REVERSE, AUX_K));
    }

    /** Far above what the untrained rows reach, and sparse: neither alone would show that it learns. */
    @ParameterizedTest
    @MethodSource("architectures")
    void findsPlantedDirectionsWithSparseCodes(Architecture architecture) {
        TrainingState trained = train(architecture, 800);
        TrainingState untrained = train(architecture, 0);
        assertThat(PLANTED.meanMatchedCosine(trained.weights().wDec_sd())).isGreaterThan(0.8);
        assertThat(PLANTED.meanMatchedCosine(untrained.weights().wDec_sd())).isLessThan(0.6);
        assertThat(l0(architecture, trained.exportedWeights())).isBetween(1.0, 16.0);
    }

    /** The threshold follows the training, so single examples are encoded about as sparsely as batches were. */
    @Test
    void encodesSingleExamplesAsSparselyAsBatches() {
        Architecture batch = new Architecture.BatchTopK(3, 0.05f, null);
        assertThat(l0(batch, train(batch, 300).exportedWeights())).isCloseTo(3, within(0.5));
        assertThat(l0(batch, train(batch, 0).exportedWeights())).isCloseTo(3, within(0.5));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void goesOnFromACheckpointToTheSameBits(Architecture architecture, @TempDir Path folder) {
        TrainingConfig config = config(architecture, 6);
        Path file = folder.resolve("checkpoint.safetensors");
        try (Trainer killed = Trainer.start(SOURCE, config, new VectorKernel(1))) {
            while (killed.step() < 3) {
                killed.advance();
            }
            Checkpoint.write(file, killed.snapshot(), "this training");
        }
        try (Trainer resumed =
                Trainer.resume(SOURCE, config, new VectorKernel(2), Checkpoint.read(file, "this training"))) {
            while (!resumed.done()) {
                resumed.advance();
            }
            TrainingState whole = train(architecture, 6);
            assertThat(resumed.snapshot().exportedWeights().sameBits(whole.exportedWeights()))
                    .isTrue();
            assertThat(resumed.snapshot().weights().sameBits(whole.weights())).isTrue();
        }
    }

    @Test
    void refusesWhatCannotHaveAnEffect() {
        assertThatThrownBy(() -> config(new Architecture.BatchTopK(65, 0.1f, null), 1))
                .hasMessageContaining("k must be between 1 and the number of latents: 65, 64");
        assertThatThrownBy(
                        () -> config(new Architecture.Matryoshka(3, new Prefixes.Fixed(List.of(8, 32)), 0.1f, null), 1))
                .hasMessageContaining("the last prefix must be all 64 latents");
        assertThatThrownBy(() -> new Prefixes.Fixed(List.of(64))).hasMessageContaining("nothing is nested");
        assertThatThrownBy(() -> new Architecture.NestedTopK(List.of(4, 4), Weighting.UNIFORM, null))
                .hasMessageContaining("strictly ascending");
        assertThatThrownBy(() -> new Architecture.BatchTopK(3, 0, null)).hasMessageContaining("thresholdMomentum");
    }

    private static double l0(Architecture architecture, Parameters weights) {
        Codes codes = Codes.ragged(2_000);
        float[] x_bd = new float[2_000 * 32];
        SOURCE.rows(0, 2_000, x_bd);
        if (architecture.activation() instanceof Activation.TopK topK) {
            codes = new Codes(2_000, topK.k());
        }
        try (var session = new VectorKernel(2).encode(weights, architecture.activation(), 2_000)) {
            session.encode(x_bd, 2_000, codes);
        }
        return codes.total(2_000) / 2_000.0;
    }

    private static TrainingConfig config(Architecture architecture, int steps) {
        return new TrainingConfig(
                LATENTS,
                architecture,
                steps,
                256,
                new LearningRate(3e-3f, 10, LearningRate.Decay.LINEAR_TO_ZERO),
                Optimizer.ADAM,
                true,
                DecoderBias.MEAN,
                42);
    }

    private static TrainingState train(Architecture architecture, int steps) {
        try (Trainer trainer = Trainer.start(SOURCE, config(architecture, steps), new VectorKernel(2))) {
            while (!trainer.done()) {
                trainer.advance();
            }
            return trainer.snapshot();
        }
    }
}
