package io.taxoscope.sae.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.DecoderConstraint;
import io.taxoscope.sae.InMemoryActivations;
import io.taxoscope.sae.Optimizer;
import io.taxoscope.sae.TrainingState;
import io.taxoscope.sae.kernel.Codes;
import io.taxoscope.sae.kernel.VectorKernel;
import org.junit.jupiter.api.Test;

class InputCentringTest {
    private static final int WIDTH = 32;
    private static final int LATENTS = 48;
    private static final float[] EXAMPLES = new PlantedDictionary(WIDTH, 48, 3, 1).examples(4_000, 2);
    private static final Conventions STANDARDISED = conventions(InputCentring.STANDARDISE);

    /** The mean and the deviation by their definitions, and the same training on what they make of the activations. */
    @Test
    void standardisesEachElementAndFoldsItBack() {
        float[] raw_bd = shifted();
        float[] met_bd = standardised(raw_bd);
        TrainingConfig config = config(STANDARDISED, 5);
        TrainingState ours = train(config, raw_bd);
        TrainingState theirs = train(config(Conventions.of(true), 5), met_bd);
        assertThat(ours.weights().wEnc_sd()).containsExactly(theirs.weights().wEnc_sd(), within(1e-4f));
        Codes ourCodes = new Codes(100, 3);
        Codes theirCodes = new Codes(100, 3);
        float[] xhat_bd = new float[100 * WIDTH];
        float[] met_xhat_bd = new float[100 * WIDTH];
        encode(ours, raw_bd, ourCodes, xhat_bd);
        encode(theirs, met_bd, theirCodes, met_xhat_bd);
        for (int at = 0; at < 300; at++) {
            assertThat(ourCodes.latent(at)).isEqualTo(theirCodes.latent(at));
            assertThat(ourCodes.value(at)).isCloseTo(theirCodes.value(at), within(1e-3f));
        }
        assertThat(standardisedBy(raw_bd, xhat_bd)).containsExactly(met_xhat_bd, within(1e-3f));
    }

    private static void encode(TrainingState state, float[] x_bd, Codes codes, float[] xhat_bd) {
        try (var session = new VectorKernel(1).encode(state.exportedWeights(), new Activation.TopK(3), 100)) {
            session.encode(x_bd, 100, codes);
            session.decode(codes, 100, xhat_bd);
        }
    }

    private static float[] shifted() {
        float[] raw_bd = EXAMPLES.clone();
        for (int at = 0; at < raw_bd.length; at++) {
            int i = at % WIDTH;
            raw_bd[at] = i == 0 ? 7 : raw_bd[at] * (1 + i % 5) + i - 3; // the first element never varies
        }
        return raw_bd;
    }

    private static float[] standardised(float[] raw_bd) {
        return standardisedBy(raw_bd, raw_bd);
    }

    /** Rows {@code x_bd} by the means and deviations of {@code raw_bd}. */
    private static float[] standardisedBy(float[] raw_bd, float[] x_bd) {
        float[] met_bd = new float[x_bd.length];
        int n = raw_bd.length / WIDTH;
        for (int i = 0; i < WIDTH; i++) {
            double mean = 0;
            for (int b = 0; b < n; b++) {
                mean += (double) raw_bd[b * WIDTH + i] / n;
            }
            double variance = 0;
            for (int b = 0; b < n; b++) {
                double distance = raw_bd[b * WIDTH + i] - mean;
                variance += distance * distance / n;
            }
            double deviation = variance < 1e-9 ? 1 : Math.sqrt(variance);
            for (int at = i; at < x_bd.length; at += WIDTH) {
                met_bd[at] = (float) ((x_bd[at] - mean) / deviation);
            }
        }
        return met_bd;
    }

    /** Where b_dec is not subtracted, means matter; without deviations rows stay as long as they were trained to be. */
    @Test
    void centresAlone() {
        float[] raw_bd = shifted();
        Conventions centred = new Conventions(
                DecoderConstraint.of(true), false, DecoderStart.RANDOM, InputScale.NONE, null, InputCentring.CENTRE);
        var exported = train(config(centred, 3), raw_bd).exportedWeights();
        for (int latent = 0; latent < LATENTS; latent++) {
            assertThat(UnitRows.norm(exported.wDec_sd(), latent * WIDTH, WIDTH)).isCloseTo(1, within(1e-5));
        }
        // the first element is 7 everywhere, and 0 once it is centred: nothing but the mean can give it back
        assertThat(exported.bDec_d()[0]).isCloseTo(7, within(0.1f));
    }

    private static Conventions conventions(InputCentring centring) {
        return new Conventions(
                DecoderConstraint.of(true), true, DecoderStart.RANDOM, InputScale.ABOUT_BIAS, null, centring);
    }

    private static TrainingConfig config(Conventions conventions, int steps) {
        return new TrainingConfig(
                LATENTS,
                new Architecture.TopK(3, null),
                steps,
                256,
                new LearningRate(1e-3f, 0, LearningRate.Decay.CONSTANT),
                Optimizer.ADAM,
                conventions,
                DecoderBias.MEAN,
                7);
    }

    private static TrainingState train(TrainingConfig config, float[] x_bd) {
        try (Trainer trainer = Trainer.start(new InMemoryActivations(x_bd, WIDTH), config, new VectorKernel(2))) {
            while (!trainer.done()) {
                trainer.advance();
            }
            return trainer.snapshot();
        }
    }
}
