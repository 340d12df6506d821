package io.taxoscope.sae.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.InMemoryActivations;
import io.taxoscope.sae.Optimizer;
import io.taxoscope.sae.kernel.VectorKernel;
import org.junit.jupiter.api.Test;

class InitialFiringTest {
    /** Seen from far away, every example lies on one side of a latent, and half of all latents look the other way. */
    @Test
    void findsHalfOfTheLatentsDeadWhenTheMeanIsFarAway() {
        float[] x_bd = new PlantedDictionary(24, 40, 3, 1).examples(3_000, 2);
        for (int i = 0; i < x_bd.length; i++) {
            x_bd[i] += 1_000;
        }
        var source = new InMemoryActivations(x_bd, 24);
        assertThat(dead(source, DecoderBias.ZERO)).isCloseTo(0.5, within(0.05));
        assertThat(dead(source, DecoderBias.MEAN)).isZero();
    }

    private static double dead(InMemoryActivations source, DecoderBias bias) {
        var config = new TrainingConfig(
                1_024,
                new Architecture.Relu(1),
                100,
                256,
                new LearningRate(1e-3f, 0, LearningRate.Decay.CONSTANT),
                Optimizer.ADAM,
                true,
                bias,
                1);
        return InitialFiring.deadShare(source, config, bias, new VectorKernel(2));
    }
}
