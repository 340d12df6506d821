package io.taxoscope.taxonomy.relations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductsTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 31, 32, 33, 64, 207, 768, 2048})
    void areTheExactSumsButForRounding(int n) {
        var random = new Random(n);
        double[] a = random.doubles(n, -1, 1).toArray();
        double[] b = random.doubles(n, -1, 1).toArray();
        float[] x = new float[n + 3];
        IntStream.range(0, x.length).forEach(i -> x[i] = random.nextFloat());

        var exact = BigDecimal.ZERO;
        var exactOfFloats = BigDecimal.ZERO;
        for (int i = 0; i < n; i++) {
            exact = exact.add(new BigDecimal(a[i]).multiply(new BigDecimal(b[i])));
            exactOfFloats = exactOfFloats.add(new BigDecimal(a[i]).multiply(new BigDecimal(x[i + 3])));
        }
        assertThat(Products.dot(a, b, n)).isCloseTo(exact.doubleValue(), within(1e-16 * n + 1e-16));
        assertThat(Products.dot(a, x, 3, n)).isCloseTo(exactOfFloats.doubleValue(), within(1e-16 * n + 1e-16));
    }

    /** The order that the class promises, written out: lane after lane, part after part. */
    @ParameterizedTest
    @ValueSource(ints = {5, 32, 100, 2048})
    void addUpInTheSameOrderWhateverTheWidthOfVectors(int n) {
        var random = new Random(n);
        double[] a = random.doubles(n, -1, 1).toArray();
        double[] b = random.doubles(n, -1, 1).toArray();
        int whole = n - n % 32;
        double[] parts = new double[32];
        for (int i = 0; i < whole; i++) {
            parts[i % 32] += a[i] * b[i];
        }
        double sum = 0;
        for (double part : parts) {
            sum += part;
        }
        for (int i = whole; i < n; i++) {
            sum += a[i] * b[i];
        }

        assertThat(Products.dot(a, b, n)).isEqualTo(sum);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 33, 207})
    void addsWhatIsScaled(int n) {
        double[] sum = new double[n];
        double[] fromFloats = new double[n];
        double[] a = new Random(1).doubles(n).toArray();
        float[] x = new float[n + 2];
        IntStream.range(0, n).forEach(i -> x[i + 2] = (float) a[i]);
        Products.add(sum, 3, a, n);
        Products.add(fromFloats, 3, x, 2, n);

        assertThat(sum)
                .containsExactly(
                        IntStream.range(0, n).mapToDouble(i -> 3 * a[i]).toArray());
        assertThat(fromFloats)
                .containsExactly(
                        IntStream.range(0, n).mapToDouble(i -> 3.0 * x[i + 2]).toArray());
    }
}
