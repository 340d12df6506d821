package io.taxoscope.linearalgebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelAlignmentTest {
    private static final double[] X = {1, 2, 0, 2, 1, 1, 0, 1, 3, 3, 0, 1, 1, 1, 1, 0, 2, 2};
    private static final double[] XHAT = {1, 1.5, 0, 2, 1, .5, .5, 1, 2.5, 2.5, 0, 1, 1, 1, 1, 0, 2, 1};
    private static final double[] Z = {2, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2};

    /** oracles.json of the shared reference data, computed by NumPy; the small set exceeds 1 and has ties. */
    @Test
    void cknnaAgreesWithTheReferenceNumbers() {
        double[] x = Waves.gram(X, 6, X, 6, 3);
        double[] xhat = Waves.gram(XHAT, 6, XHAT, 6, 3);
        double[] z = Waves.gram(Z, 6, Z, 6, 4);
        assertThat(KernelAlignment.cknna(x, xhat, 6, 2)).isCloseTo(1.0683059450451504, within(1e-12));
        assertThat(KernelAlignment.cknna(x, z, 6, 2)).isCloseTo(0.7333733583269042, within(1e-12));
        assertThat(KernelAlignment.cknna(x, x, 6, 2)).isCloseTo(0.9999998777174064, within(1e-12));
    }

    /** bench/python/representation_fixtures.py, PyTorch and NumPy. */
    @ParameterizedTest
    @CsvSource({"5, 0.12777597229142443", "10, 0.27095838003703754"})
    void cknnaAgreesWithTorch(int neighbours, double expected) {
        assertThat(KernelAlignment.cknna(a(), b(), 60, neighbours)).isCloseTo(expected, within(1e-10));
    }

    @Test
    void ckaAgreesWithNumpy() {
        assertThat(KernelAlignment.cka(a(), b(), 60)).isCloseTo(0.27152805058712876, within(1e-10));
    }

    @Test
    void refusesAsManyNeighboursAsExamples() {
        assertThatThrownBy(() -> KernelAlignment.cknna(a(), b(), 60, 60)).hasMessageContaining("k 60");
    }

    private static double[] a() {
        double[] a = Waves.matrix(60, 7, 1);
        return Waves.gram(a, 60, a, 60, 7);
    }

    private static double[] b() {
        double[] b = Waves.matrix(60, 5, 2);
        double[] more = Waves.matrix(60, 5, 2.5);
        for (int at = 0; at < b.length; at++) {
            b[at] += more[at] * more[at];
        }
        return Waves.gram(b, 60, b, 60, 5);
    }
}
