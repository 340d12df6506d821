package io.taxoscope.sae.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.InMemoryActivations;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.SaeError;
import io.taxoscope.sae.TrainingState;
import io.taxoscope.sae.format.Checkpoint;
import io.taxoscope.sae.kernel.Codes;
import io.taxoscope.sae.kernel.ReferenceKernel;
import io.taxoscope.sae.kernel.VectorKernel;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final AuxK AUX_K = new AuxK(1 / 32f, 16, 4_000);

    @Test
    void recoversAPlantedDictionary() {
        PlantedDictionary planted = new PlantedDictionary(32, 48, 3, 1);
        var source = new InMemoryActivations(planted.examples(20_000, 2), 32);
        TrainingState trained = train(source, config(64, 3, 1_500, 512, 3e-3f));
        assertThat(planted.meanMatchedCosine(trained.weights().wDec_sd())).isGreaterThan(0.9);
    }

    @Test
    void learnsEquallyWellWhateverTheActivationsScaleAndOffset() {
        PlantedDictionary planted = new PlantedDictionary(16, 20, 2, 5);
        float[] examples = planted.examples(4_000, 6);
        float[] shifted = examples.clone();
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] = 300 * (shifted[i] + 5);
        }
        assertThat(fvu(shifted)).isCloseTo(fvu(examples), within(0.02));
    }

    @Test
    void exportedWeightsGiveTheCodesOfTheScaledModelInTheActivationsUnits() {
        float[] x_bd = new PlantedDictionary(16, 20, 2, 5).examples(500, 6);
        for (int i = 0; i < x_bd.length; i++) {
            x_bd[i] = 40 * x_bd[i] + 100;
        }
        TrainingState state = train(new InMemoryActivations(x_bd, 16), config(24, 2, 30, 64, 1e-3f));
        float[] scaled_bd = x_bd.clone();
        for (int i = 0; i < scaled_bd.length; i++) {
            scaled_bd[i] *= state.inputScale();
        }
        Codes inside = encode(state.weights(), scaled_bd);
        Codes outside = encode(state.exportedWeights(), x_bd);
        assertThat(outside.total(500)).isEqualTo(inside.total(500)).isPositive();
        for (int at = 0; at < 500 * 2; at++) {
            assertThat(outside.latent(at)).isEqualTo(inside.latent(at));
            assertThat(outside.value(at)).isCloseTo(inside.value(at) / state.inputScale(), within(1e-2f));
        }
    }

    @Test
    void goesOnFromACheckpointToTheSameBits(@TempDir Path folder) {
        var source = new InMemoryActivations(new PlantedDictionary(12, 20, 2, 3).examples(300, 4), 12);
        TrainingConfig config = config(40, 3, 20, 128, 1e-3f);
        TrainingState whole = train(source, config);
        Path file = folder.resolve("checkpoint.safetensors");
        try (Trainer killed = Trainer.start(source, config, new VectorKernel(1))) {
            while (killed.step() < 7) {
                killed.advance();
            }
            Checkpoint.write(file, killed.snapshot(), "this training");
        }
        try (Trainer resumed =
                Trainer.resume(source, config, new VectorKernel(2), Checkpoint.read(file, "this training"))) {
            while (!resumed.done()) {
                resumed.advance();
            }
            assertThat(resumed.snapshot().weights().sameBits(whole.weights())).isTrue();
        }
        assertThatThrownBy(() -> Checkpoint.read(file, "another training"))
                .isInstanceOf(TaxoscopeException.class)
                .hasMessageContaining("belongs to");
    }

    @Test
    void namesTheExampleThatIsNoNumber() {
        float[] x_bd = new PlantedDictionary(8, 9, 2, 3).examples(2_000, 4);
        x_bd[1_234 * 8 + 3] = Float.NaN;
        var source = new InMemoryActivations(x_bd, 8);
        assertThatThrownBy(() -> Trainer.start(source, config(16, 2, 5, 64, 1e-3f), new ReferenceKernel()))
                .isInstanceOfSatisfying(TaxoscopeException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(SaeError.ACTIVATIONS_NOT_FINITE);
                    assertThat(failure).hasMessageContaining("example 1234");
                });
    }

    @Test
    void refusesActivationsThatAreAllTheSame() {
        float[] x_bd = new float[100 * 8];
        Arrays.fill(x_bd, 3.7f);
        assertThatThrownBy(() -> Trainer.start(
                        new InMemoryActivations(x_bd, 8), config(16, 2, 5, 64, 1e-3f), new ReferenceKernel()))
                .isInstanceOfSatisfying(TaxoscopeException.class, failure -> assertThat(failure.code())
                        .isEqualTo(SaeError.ACTIVATIONS_CONSTANT));
    }

    @Test
    void stopsAtTheStepThatDiverges() {
        var source = new InMemoryActivations(new PlantedDictionary(8, 9, 2, 3).examples(500, 4), 8);
        TrainingConfig config = new TrainingConfig(
                16,
                2,
                500,
                64,
                new LearningRate(1e30f, 0, LearningRate.Decay.CONSTANT),
                null,
                false,
                DecoderBias.MEAN,
                1);
        assertThatThrownBy(() -> train(source, config)).isInstanceOfSatisfying(TaxoscopeException.class, failure -> {
            assertThat(failure.code()).isEqualTo(SaeError.TRAINING_DIVERGED);
            assertThat(failure).hasMessageContaining("the loss of step ").hasMessageContaining("learning rate");
        });
    }

    @Test
    void startsAtTheMiddleWhenUntrained() {
        float[] x_bd = new PlantedDictionary(8, 9, 2, 3).examples(500, 4);
        TrainingState state = train(new InMemoryActivations(x_bd, 8), config(16, 2, 0, 64, 1e-3f));
        assertThat(state.step()).isZero();
        assertThat(state.weights().wEnc_sd()).isEqualTo(state.weights().wDec_sd());
        assertThat(state.exportedWeights().bDec_d()).isNotEqualTo(new float[8]);
    }

    private static double fvu(float[] examples) {
        try (Trainer trainer = Trainer.start(
                new InMemoryActivations(examples, 16), config(32, 2, 300, 256, 3e-3f), new VectorKernel(2))) {
            while (!trainer.done()) {
                trainer.advance();
            }
            return trainer.point().fvu();
        }
    }

    private static Codes encode(Parameters weights, float[] x_bd) {
        Codes codes = new Codes(500, 2);
        try (var session = new VectorKernel(2).encode(weights, 2, 500)) {
            session.encode(x_bd, 500, codes);
        }
        return codes;
    }

    private static TrainingConfig config(int latents, int k, int steps, int batch, float rate) {
        return new TrainingConfig(
                latents,
                k,
                steps,
                batch,
                new LearningRate(rate, 10, LearningRate.Decay.LINEAR_TO_ZERO),
                AUX_K,
                true,
                DecoderBias.GEOMETRIC_MEDIAN,
                42);
    }

    private static TrainingState train(InMemoryActivations source, TrainingConfig config) {
        try (Trainer trainer = Trainer.start(source, config, new VectorKernel(2))) {
            while (!trainer.done()) {
                trainer.advance();
            }
            return trainer.snapshot();
        }
    }
}
