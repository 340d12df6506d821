package io.taxoscope.sae.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.sae.kernel.Codes;
import org.junit.jupiter.api.Test;

class ReconstructionMetricsTest {
    private static final float[] X = {1, 2, 0, 2, 1, 1, 0, 1, 3, 3, 0, 1, 1, 1, 1, 0, 2, 2};
    private static final float[] XHAT = {1, 1.5f, 0, 2, 1, .5f, .5f, 1, 2.5f, 2.5f, 0, 1, 1, 1, 1, 0, 2, 1};
    private static final float[][] Z = {
        {2, 0, 0, 1}, {1, 0, 0, 0}, {0, 0, 0, 3}, {4, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 2}
    };

    /** The project's reference numbers for this input (oracles.json), computed by NumPy. */
    @Test
    void agreesWithTheReferenceNumbers() {
        ReconstructionReport report = report(6);
        assertThat(report.fvu()).isCloseTo(0.15, within(1e-12));
        assertThat(report.nmseUncentred()).isCloseTo(0.048611111111111105, within(1e-12));
        assertThat(report.fveDictionaryLearning()).isCloseTo(0.8972222222222223, within(1e-12));
        assertThat(report.cosine()).isCloseTo(0.983448148762294, within(1e-12));
        assertThat(report.relativeReconstructionBias()).isCloseTo(0.880281690140845, within(1e-12));
        assertThat(report.l0()).isEqualTo(1.0);
        assertThat(report.deadFraction()).isEqualTo(0.5);
        assertThat(report.denseFraction()).isEqualTo(0.5);
        assertThat(report.log10Density().counts()).containsExactly(0L, 0L, 2L, 0L);
        assertThat(report.log10Density().edges()).containsExactly(-1.0, -0.75, -0.5, -0.25, 0.0);
    }

    @Test
    void doesNotDependOnHowTheSetIsCutIntoBatches() {
        assertThat(report(2)).isEqualTo(report(6));
    }

    @Test
    void partsMergeIntoTheWhole() {
        ReconstructionMetrics parts = metrics(0, 2, 2);
        parts.merge(metrics(2, 4, 4));
        assertThat(parts.report())
                .usingRecursiveComparison()
                .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1, Double.class)
                .isEqualTo(report(6));
        assertThat(parts.active_s()).containsExactly(3, 0, 0, 3);
    }

    @Test
    void countsAsRareWhatLessThanOneInTenThousandActivates() {
        ReconstructionMetrics metrics = new ReconstructionMetrics(1, 3);
        Codes codes = Codes.ragged(20_000);
        for (int example = 0; example < 20_000; example++) {
            codes.clear(example);
            if (example == 5) {
                codes.add(example, 0, 1);
            }
            if (example < 2) {
                codes.add(example, 1, 1);
            }
        }
        metrics.add(new float[20_000], new float[20_000], codes, 20_000);
        assertThat(metrics.report().rareFraction()).isEqualTo(1 / 3.0);
    }

    @Test
    void keepsTheStrongestExamplesAndOfEqualsTheLowerIndex() {
        TopExamples top = new TopExamples(2, 3);
        float[] values = {1, 5, 5, 2, 5, 7};
        for (int index = 0; index < values.length; index++) {
            top.offer(1, index, values[index]);
        }
        assertThat(top.index_st()).containsExactly(-1, -1, -1, 5, 1, 2);
        assertThat(top.value_st()).containsExactly(0, 0, 0, 7, 5, 5);
        assertThat(top.kept_s()).containsExactly(0, 3);
    }

    private static ReconstructionReport report(int batch) {
        return metrics(0, 6, batch).report();
    }

    private static ReconstructionMetrics metrics(int from, int n, int batch) {
        ReconstructionMetrics metrics = new ReconstructionMetrics(3, 4);
        for (int first = from; first < from + n; first += batch) {
            Codes codes = new Codes(batch, 2);
            for (int row = 0; row < batch; row++) {
                for (int latent = 0; latent < 4; latent++) {
                    if (Z[first + row][latent] > 0) {
                        codes.add(row, latent, Z[first + row][latent]);
                    }
                }
            }
            float[] x = java.util.Arrays.copyOfRange(X, first * 3, (first + batch) * 3);
            float[] xhat = java.util.Arrays.copyOfRange(XHAT, first * 3, (first + batch) * 3);
            metrics.add(x, xhat, codes, batch);
        }
        return metrics;
    }
}
