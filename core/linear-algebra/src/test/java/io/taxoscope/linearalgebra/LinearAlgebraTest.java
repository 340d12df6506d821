package io.taxoscope.linearalgebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearAlgebraTest {
    private static final Offset<Double> ROUNDING = within(1e-10);

    private final LinearAlgebra reference = new ReferenceLinearAlgebra();
    private final LinearAlgebra nd4j = LinearAlgebra.ofThisMachine();

    @Test
    void takesNd4jWhereItsNativeCodeComesAlong() {
        assumeThat(System.getProperty("os.name") + System.getProperty("os.arch"))
                .isEqualTo("Linuxamd64");
        assertThat(nd4j.name()).startsWith("nd4j");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 33, 64, 192})
    void agreesWithTheReference(int d) {
        int n = 3 * d + 2;
        double[] x_nd = random(n * d, d);

        double[] gram = new double[d * d];
        double[] expectedGram = new double[d * d];
        for (int time = 0; time < 2; time++) {
            nd4j.addGram(x_nd, n - 1, d, gram);
            reference.addGram(x_nd, n - 1, d, expectedGram);
        }
        assertThat(gram).containsExactly(expectedGram, ROUNDING);

        double[] product = new double[n * d];
        double[] expected = new double[n * d];
        nd4j.multiplyTransposed(x_nd, n, gram, d, d, product);
        reference.multiplyTransposed(x_nd, n, gram, d, d, expected);
        assertThat(product).containsExactly(expected, within(1e-9 * d * d));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 33, 64, 192})
    void findsEigenvectorsInDescendingOrder(int d) {
        double[] a_dd = new double[d * d];
        reference.addGram(random(2 * d * d, d), 2 * d, d, a_dd);

        assertEigen(a_dd, d, nd4j.eigen(a_dd, d));
        assertEigen(a_dd, d, reference.eigen(a_dd, d));
        assertThat(nd4j.eigen(a_dd, d).values_d())
                .containsExactly(reference.eigen(a_dd, d).values_d(), within(1e-9));
        assertThat(nd4j.eigen(a_dd, d).vectors_dd())
                .containsExactly(reference.eigen(a_dd, d).vectors_dd(), within(1e-6));
    }

    /** By the definition: A v = lambda v, and the v are orthonormal. */
    private static void assertEigen(double[] a_dd, int d, SymmetricEigen eigen) {
        double[] v_dd = eigen.vectors_dd();
        for (int row = 0; row < d; row++) {
            for (int i = 0; i < d; i++) {
                double product = 0;
                double dot = 0;
                for (int j = 0; j < d; j++) {
                    product += a_dd[i * d + j] * v_dd[row * d + j];
                    dot += v_dd[row * d + j] * v_dd[i * d + j];
                }
                assertThat(product).isCloseTo(eigen.values_d()[row] * v_dd[row * d + i], within(1e-9));
                assertThat(dot).isCloseTo(row == i ? 1 : 0, ROUNDING);
            }
            if (row > 0) {
                assertThat(eigen.values_d()[row]).isLessThanOrEqualTo(eigen.values_d()[row - 1]);
            }
        }
    }

    /** The matrix [2 1; 1 2] has the eigenvalues 3 and 1 along (1, 1) and (1, -1). */
    @Test
    void knowsAMatrixThatIsSolvedByHand() {
        SymmetricEigen eigen = nd4j.eigen(new double[] {2, 1, 1, 2}, 2);

        double half = Math.sqrt(0.5);
        assertThat(eigen.values_d()).containsExactly(new double[] {3, 1}, ROUNDING);
        assertThat(eigen.vectors_dd()).containsExactly(new double[] {half, half, half, -half}, ROUNDING);
    }

    @Test
    void refusesAMatrixWithoutEigenvalues() {
        assertThatThrownBy(() -> nd4j.eigen(new double[] {1, Double.NaN, Double.NaN, 1}, 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void measuresCosinesAndCallsAZeroRowOrthogonalToAll() {
        float[] a_nd = {1, 0, 3, 4, 0, 0};
        float[] b_md = {2, 0, 0, -5};

        assertThat(nd4j.cosines(a_nd, 3, b_md, 2, 2)).containsExactly(new double[] {1, 0, 0.6, -0.8, 0, 0}, ROUNDING);
    }

    @Test
    void sumsCovarianceBlockByBlockFarFromZero() {
        float[] x_nd = {10_000_001, 7, 10_000_003, 7, 10_000_005, 10};
        for (LinearAlgebra algebra : new LinearAlgebra[] {reference, nd4j}) {
            var sum = new CovarianceSum(algebra, 2);
            sum.add(x_nd, 2);
            sum.add(new float[] {10_000_005, 10}, 1);

            assertThat(sum.mean_d()).containsExactly(new double[] {10_000_003, 8}, ROUNDING);
            assertThat(sum.covariance_dd()).containsExactly(new double[] {8 / 3.0, 2, 2, 2}, ROUNDING);
        }
    }

    private static double[] random(int length, int seed) {
        return new Random(seed).doubles(length, -1, 1).toArray();
    }
}
