package io.taxoscope.linearalgebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CoherenceTest {
    private static final Offset<Double> FLOAT = within(1e-5);

    /** bench/python/representation_fixtures.py; a zero row more, which is no direction. */
    @Test
    void agreesWithNumpy() {
        double[] wave = Waves.matrix(50, 9, 4);
        float[] rows = new float[51 * 9];
        for (int at = 0; at < wave.length; at++) {
            rows[at < 18 ? at : at + 9] = (float) wave[at];
        }
        Coherence coherence = Coherence.of(LinearAlgebra.ofThisMachine(), rows, 51, 9, 3);
        assertThat(coherence.nDirections()).isEqualTo(50);
        assertThat(coherence.mutual()).isCloseTo(0.9991926711587849, FLOAT);
        assertThat(coherence.meanAbsolute()).isCloseTo(0.24238751759185626, FLOAT);
        assertThat(coherence.meanNearest()).isCloseTo(0.9484147914774151, FLOAT);
        assertThat(coherence.meanSquared()).isCloseTo(0.1291675352297753, FLOAT);
        assertThat(coherence.babel()).isCloseTo(2.965935733526867, FLOAT);
        assertThat(coherence.effectiveRank()).isCloseTo(8.269432017260655, FLOAT);
    }

    @Test
    void ofAnOrthogonalBasisIsZeroAndOfFullRank() {
        Coherence coherence =
                Coherence.of(new ReferenceLinearAlgebra(), new float[] {2, 0, 0, 0, 3, 0, 0, 0, 1}, 3, 3, 2);
        assertThat(coherence.mutual()).isZero();
        assertThat(coherence.effectiveRank()).isCloseTo(3, within(1e-12));
    }

    @Test
    void refusesASingleDirection() {
        assertThatThrownBy(() -> Coherence.of(new ReferenceLinearAlgebra(), new float[] {1, 0, 0, 0}, 2, 2, 1))
                .hasMessageContaining("two directions");
    }
}
