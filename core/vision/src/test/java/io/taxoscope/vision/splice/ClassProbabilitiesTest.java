package io.taxoscope.vision.splice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Numbers by torch.nn.functional: log_softmax, cross_entropy, kl_div(log_target=True) of [[1, 2, -1], [1000, 999, 999.5]]. */
class ClassProbabilitiesTest {
    private final ClassProbabilities first =
            ClassProbabilities.ofLogits(new float[] {1, 2, -1, 1000, 999, 999.5f}, 0, 3);
    private final ClassProbabilities second =
            ClassProbabilities.ofLogits(new float[] {1, 2, -1, 1000, 999, 999.5f}, 1, 3);

    @Test
    void areTheSoftmaxOfTheLogits() {
        assertThat(first.probability(1)).isCloseTo(0.7053845126982412, within(1e-12));
        assertThat(first.crossEntropy(2)).isCloseTo(3.349012216768186, within(1e-12));
        assertThat(second.probability(0)).isCloseTo(0.506480391055654, within(1e-12));
    }

    @Test
    void divergeByKullbackAndLeibler() {
        assertThat(first.divergence(second)).isCloseTo(0.689347938831021, within(1e-12));
        assertThat(first.divergence(first)).isZero();
    }

    @Test
    void rankClassesFromTheMostProbable() {
        assertThat(first.top(2)).containsExactly(1, 0);
        assertThat(second.best()).isZero();
        assertThat(ClassProbabilities.ofLogits(new float[] {3, 3, 1}, 0, 3).top(5))
                .containsExactly(0, 1, 2);
    }
}
