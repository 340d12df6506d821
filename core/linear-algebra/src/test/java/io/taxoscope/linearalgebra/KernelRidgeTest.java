package io.taxoscope.linearalgebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelRidgeTest {
    private static final int N = 60;

    /** bench/python/representation_fixtures.py: scikit-learn's RidgeClassifier on the same halves. */
    @ParameterizedTest
    @CsvSource({
        "0.001, 0.003140267596818424, 330300002322222302110301110301332023332131113212222321111213",
        "3, 9.420802790455271, 330320002322222302210301110322332123332131113212222321111212"
    })
    void predictsWhatScikitLearnPredicts(double relative, double alpha, String expected) {
        double[] train = half(0);
        KernelRidge ridge = new KernelRidge(Waves.gram(train, N, train, N, 6), N, relative);
        int[] predicted = ridge.predict(labels(), 4, Waves.gram(half(1), N, train, N, 6), N);

        assertThat(ridge.penalty()).isCloseTo(alpha, within(1e-10));
        assertThat(IntStream.of(predicted).mapToObj(Integer::toString).collect(Collectors.joining()))
                .isEqualTo(expected);
    }

    @Test
    void refusesExamplesThatAreAllAlike() {
        double[] ones = new double[9];
        java.util.Arrays.fill(ones, 2);
        assertThatThrownBy(() -> new KernelRidge(ones, 3, 0.1)).hasMessageContaining("alike");
    }

    private static double[] half(int from) {
        double[] x = Waves.matrix(2 * N, 6, 3);
        double[] half = new double[N * 6];
        for (int row = 0; row < N; row++) {
            System.arraycopy(x, (2 * row + from) * 6, half, row * 6, 6);
        }
        return half;
    }

    private static int[] labels() {
        double[] x = half(0);
        double[] direction = Waves.matrix(6, 4, 9);
        double[] noise = Waves.matrix(2 * N, 4, 5);
        int[] labels = new int[N];
        for (int row = 0; row < N; row++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < 4; c++) {
                double score = 0.4 * noise[2 * row * 4 + c];
                for (int d = 0; d < 6; d++) {
                    score += x[row * 6 + d] * direction[d * 4 + c];
                }
                if (score > best) {
                    best = score;
                    labels[row] = c;
                }
            }
        }
        return labels;
    }
}
