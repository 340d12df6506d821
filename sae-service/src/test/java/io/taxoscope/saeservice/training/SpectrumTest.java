package io.taxoscope.saeservice.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.linearalgebra.LinearAlgebra;
import io.taxoscope.sae.InMemoryActivations;
import org.junit.jupiter.api.Test;

class SpectrumTest {
    /** Two points on each of three axes at distances 3, 3 and 1 from (10, 0, 0): variances 3, 3 and 1/3. */
    @Test
    void followsItsDefinitions() {
        float[] points = {13, 0, 0, 7, 0, 0, 10, 3, 0, 10, -3, 0, 10, 0, 1, 10, 0, -1};
        Spectrum spectrum = Spectrum.of(new InMemoryActivations(points, 3), LinearAlgebra.ofThisMachine());
        double sum = 3 + 3 + 1 / 3.0;
        assertThat(spectrum.gamma()).isCloseTo(10 / Math.sqrt(sum), within(1e-9));
        assertThat(spectrum.participationRatio()).isCloseTo(sum * sum / (9 + 9 + 1 / 9.0), within(1e-9));
        assertThat(spectrum.greatestShare()).isCloseTo(3 / sum, within(1e-9));
        double entropy = -2 * (3 / sum) * Math.log(3 / sum) - (1 / 3.0 / sum) * Math.log(1 / 3.0 / sum);
        assertThat(spectrum.entropyRank()).isCloseTo(Math.exp(entropy), within(1e-9));
    }

    @Test
    void countsEqualDirectionsAndNoneThatDoesNotVary() {
        Spectrum spectrum = Spectrum.of(0, new double[] {2, 2, 2, 0, -1e-18});
        assertThat(spectrum.participationRatio()).isCloseTo(3, within(1e-12));
        assertThat(spectrum.entropyRank()).isCloseTo(3, within(1e-12));
    }
}
