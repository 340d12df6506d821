package io.taxoscope.taxonomy.relations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.taxonomy.relations.CoActivation.Partner;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against scikit-learn, SciPy and NumPy: bench/python/relation_fixtures.py wrote what they answer. */
class SciPyParityTest {
    @ParameterizedTest
    @CsvSource({"isotropic", "standardised"})
    void logisticRegressionFindsTheSameMinimum(String scaling) {
        int n = Fixture.ints("probe.y").length;
        float[] x_nd = Fixture.floats("probe.x");
        int d = x_nd.length / n;
        boolean[] isPositive = new boolean[n];
        IntStream.range(0, n).forEach(i -> isPositive[i] = Fixture.ints("probe.y")[i] == 1);
        var design = scaling.equals("isotropic") ? Design.isotropic(x_nd, n, d) : Design.standardised(x_nd, n, d);

        var fit = LogisticRegression.fit(design, isPositive);

        double[] weights = IntStream.range(0, d).mapToDouble(fit::weight).toArray();
        assertThat(weights).containsExactly(Fixture.doubles(scaling + ".w"), within(1e-6));
        assertThat(fit.decide(new float[d], 0)).isCloseTo(Fixture.number(scaling + ".b"), within(1e-5));
        var curvature = LogisticRegression.curvature(Covariance.of(new Vectors(x_nd, d)), n);
        var shorter = LogisticRegression.fit(design, isPositive, curvature);
        assertThat(IntStream.range(0, d).mapToDouble(shorter::weight).toArray())
                .containsExactly(Fixture.doubles(scaling + ".w"), within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"wide", "square"})
    void assignmentIsTheSame(String name) {
        int[] column = Fixture.ints(name + ".column");
        double[] flat = Fixture.doubles(name + ".value");
        int nColumns = flat.length / column.length;
        double[][] values = IntStream.range(0, column.length)
                .mapToObj(row -> Arrays.copyOfRange(flat, row * nColumns, (row + 1) * nColumns))
                .toArray(double[][]::new);

        assertThat(LinearAssignment.greatest(values, nColumns, () -> {})).containsExactly(column);
    }

    @Test
    void whitenedProductsAreTheSame() {
        float[] x_nd = Fixture.floats("white.x");
        var whitening = Whitening.of(Covariance.of(new Vectors(x_nd, 6)));
        double[] a = whitening.whiten(Fixture.doubles("white.a"));
        double[] b = whitening.whiten(Fixture.doubles("white.b"));

        assertThat(new double[] {dot(a, a), dot(a, b), dot(b, b)})
                .containsExactly(Fixture.doubles("white.products"), within(1e-9));
    }

    @Test
    void rankCorrelationWithTiesIsTheSame() {
        assertThat(RankCorrelation.of(Fixture.doubles("spearman.a"), Fixture.doubles("spearman.b")))
                .isCloseTo(Fixture.number("spearman.rho"), within(1e-12));
    }

    @Test
    void coActivationIsTheSame() {
        int[] firing = Fixture.ints("firing");
        int n = firing.length / 2;
        int both = (int) IntStream.range(0, n)
                .filter(i -> firing[i] + firing[n + i] == 2)
                .count();
        var partner = new Partner(
                0,
                IntStream.of(firing).limit(n).sum(),
                IntStream.of(firing).skip(n).sum(),
                both,
                n);

        assertThat(partner.phi()).isCloseTo(Fixture.number("firing.phi"), within(1e-12));
        assertThat(partner.jaccard()).isCloseTo(Fixture.number("firing.jaccard"), within(1e-12));
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }
}
