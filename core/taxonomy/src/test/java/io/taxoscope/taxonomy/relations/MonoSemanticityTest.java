package io.taxoscope.taxonomy.relations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class MonoSemanticityTest {
    private static final Progress UNHEARD = new Progress((done, total) -> {});

    /** The values of the published code on this input (oracles.json: X, Z, MS_bruteforce). */
    @Test
    void agreesWithThePublishedForm() {
        var images = new Vectors(new float[] {1, 2, 0, 2, 1, 1, 0, 1, 3, 3, 0, 1, 1, 1, 1, 0, 2, 2}, 3);
        var firings = firings(
                new float[][] {{2, 0, 0, 1}, {1, 0, 0, 0}, {0, 0, 0, 3}, {4, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 2}});

        double[] scores = new MonoSemanticity(firings, images, UNHEARD).scores();

        assertThat(scores[0]).isCloseTo(0.604963606631152, within(1e-12));
        assertThat(scores[1]).isNaN();
        assertThat(scores[2]).isNaN();
        assertThat(scores[3]).isCloseTo(0.6800002134082457, within(1e-12));
    }

    @Test
    void isTheMeanOverPairsAlsoForALatentThatNeverRests() {
        var random = new SplittableRandom(1);
        int n = 60;
        float[] x_bd = values(n * 4, random);
        float[][] z = new float[n][];
        for (int i = 0; i < n; i++) {
            z[i] = new float[] {0.5f + (float) random.nextDouble(), random.nextInt(3) == 0 ? 1 : 0, 2};
        }
        var images = new Vectors(x_bd, 4);

        double[] scores = new MonoSemanticity(firings(z), images, UNHEARD).scores();

        assertThat(scores[0]).isCloseTo(overPairs(x_bd, z, 0), within(1e-12));
        assertThat(scores[1]).isCloseTo(overPairs(x_bd, z, 1), within(1e-12));
        assertThat(scores[2]).isNaN();
    }

    @Test
    void chanceIsWhatALatentScoresOnRandomImages() {
        var random = new SplittableRandom(2);
        int n = 200;
        var images = new Vectors(values(n * 3, random), 3);
        int latents = 3000;
        float[][] z = new float[n][latents];
        for (int latent = 0; latent < latents; latent++) {
            for (int firing = 0; firing < 20; firing++) {
                z[random.nextInt(n)][latent] = (float) random.nextDouble();
            }
        }
        var mono = new MonoSemanticity(firings(z), images, UNHEARD);

        assertThat(ControlledMean.mean(mono.scores())).isCloseTo(mono.chance(), within(0.004));
    }

    private static double overPairs(float[] x_bd, float[][] z, int latent) {
        double least = Double.MAX_VALUE;
        double greatest = 0;
        for (float[] row : z) {
            least = Math.min(least, row[latent]);
            greatest = Math.max(greatest, row[latent]);
        }
        double weights = 0;
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            for (int j = 0; j < i; j++) {
                double weight = (z[i][latent] - least) * (z[j][latent] - least) / Math.pow(greatest - least, 2);
                weights += weight;
                sum += weight * cosine(x_bd, i, j);
            }
        }
        return sum / weights;
    }

    private static double cosine(float[] x_bd, int i, int j) {
        double ij = 0;
        double ii = 0;
        double jj = 0;
        for (int c = 0; c < 4; c++) {
            ij += (double) x_bd[4 * i + c] * x_bd[4 * j + c];
            ii += (double) x_bd[4 * i + c] * x_bd[4 * i + c];
            jj += (double) x_bd[4 * j + c] * x_bd[4 * j + c];
        }
        return ij / Math.sqrt(ii * jj);
    }

    private static float[] values(int n, RandomGenerator random) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian() + 0.3f;
        }
        return values;
    }

    static Firings firings(float[][] z) {
        var builder = new Firings.Builder(z.length, z[0].length);
        for (float[] row : z) {
            for (int latent = 0; latent < row.length; latent++) {
                builder.add(latent, row[latent]);
            }
            builder.endRow();
        }
        return builder.build();
    }
}
