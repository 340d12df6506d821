package io.taxoscope.bench.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.sae.kernel.Codes;
import io.taxoscope.store.Safetensors;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlantedTest {
    /** {@code bench/python/planted_fixtures.py} made the file with SAELens's own metrics. */
    @Test
    void scoresAreSaeLenss() throws URISyntaxException {
        var resource = Objects.requireNonNull(PlantedTest.class.getResource("/planted.safetensors"));
        try (Safetensors fixture = Safetensors.read(Path.of(resource.toURI()))) {
            int width = 8;
            int latents = 11;
            int examples = 60;
            var collector = new PlantedScores.Collector(fixture.floats("decoder"), fixture.floats("features"), width);
            Codes codes = codes(fixture.floats("codes"), examples, latents);
            collector.add(fixture.floats("x"), fixture.floats("xhat"), codes, fixture.floats("magnitudes"), examples);
            PlantedScores scores = collector.scores();
            float[] expected = fixture.floats("expected");
            assertThat(scores.f1()).isCloseTo(expected[0], within(1e-6));
            assertThat(scores.mcc()).isCloseTo(expected[1], within(1e-6));
            assertThat(scores.uniqueness()).isCloseTo(expected[2], within(1e-6));
            assertThat(scores.explainedVariance()).isCloseTo(expected[3], within(1e-5));
            assertThat(scores.deadLatents()).isEqualTo(1);
        }
    }

    @Test
    void childrenAreActiveBelowTheirParentAloneAndAsOftenAsPlanned() {
        PlantedForest forest = new PlantedForest(4, 5, 3, 2, 7);
        assertThat(forest.features()).isEqualTo(5 + 15 + 45);
        int n = 20_000;
        float[] magnitude_bf = new float[n * forest.features()];
        forest.draw(new SplittableRandom(1), n, new float[n * 4], magnitude_bf);
        int[] active_f = new int[forest.features()];
        for (int b = 0; b < n; b++) {
            int[] children_f = new int[forest.features()];
            for (int feature = 0; feature < forest.features(); feature++) {
                if (magnitude_bf[b * forest.features() + feature] > 0) {
                    active_f[feature]++;
                    int parent = forest.parent(feature);
                    if (parent >= 0) {
                        assertThat(magnitude_bf[b * forest.features() + parent]).isPositive();
                        assertThat(++children_f[parent]).isEqualTo(1);
                    }
                }
            }
        }
        for (int feature = 0; feature < forest.features(); feature++) {
            double share = forest.share(feature);
            double error = Math.sqrt(share * (1 - share) / n);
            assertThat(active_f[feature] / (double) n).as("feature %d", feature).isCloseTo(share, within(6 * error));
        }
    }

    private static Codes codes(float[] dense_bs, int examples, int latents) {
        Codes codes = Codes.ragged(examples);
        for (int b = 0; b < examples; b++) {
            codes.clear(b);
            for (int latent = 0; latent < latents; latent++) {
                if (dense_bs[b * latents + latent] > 0) {
                    codes.add(b, latent, dense_bs[b * latents + latent]);
                }
            }
        }
        return codes;
    }
}
