package io.taxoscope.taxonomy.scoring;

import static io.taxoscope.taxonomy.Nouns.ILSVRC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Merging twins must give what all pairs one by one give. */
class PairSumTest {
    /** Few values make many twins, and twins of twins; some rows are like no other. */
    @Test
    void equalsTheSumOverAllPairsOfTablesOfFewValues() {
        var random = new SplittableRandom(3);
        for (int trial = 0; trial < 200; trial++) {
            int n = 2 + random.nextInt(12);
            int values = 1 + random.nextInt(3);
            double[][] table = new double[n][n];
            for (int a = 0; a < n; a++) {
                for (int b = 0; b <= a; b++) {
                    table[a][b] = a == b ? 1 : random.nextInt(values) / 4.0;
                    table[b][a] = table[a][b];
                }
            }
            requireEqual(table, n, random);
        }
    }

    @Test
    void equalsTheSumOverAllPairsOfIlsvrc() {
        var similarities = Objects.requireNonNull(ClassSimilarities.of(ILSVRC));
        double[][] lin = new double[1000][1000];
        double[][] wuPalmer = new double[1000][1000];
        for (int a = 0; a < 1000; a++) {
            for (int b = 0; b < 1000; b++) {
                lin[a][b] = similarities.lin(a, b);
                wuPalmer[a][b] = similarities.wuPalmer(a, b);
            }
        }
        var random = new SplittableRandom(5);
        requireEqual(lin, 1000, random);
        requireEqual(wuPalmer, 1000, random);
        // The reason for it all: Lin knows no more of a class than where its way up meets another's.
        assertThat(similarities.linPairs().coreSize()).isLessThan(200);
        assertThat(similarities.wuPalmerPairs().coreSize()).isLessThan(500);
    }

    private static void requireEqual(double[][] table, int n, SplittableRandom random) {
        var sum = PairSum.of(table).scratch();
        // Three times on one scratch space: nothing may stay behind.
        for (int round = 0; round < 3; round++) {
            int[] classOf =
                    IntStream.range(0, 3 * n).map(i -> random.nextInt(n)).toArray();
            long[] firings = new long[classOf.length];
            Arrays.setAll(firings, i -> Firing.of(i, 1 + random.nextInt(9)));
            var masses = new ClassMasses(n);
            masses.read(firings, classOf);
            assertThat(sum.of(masses)).isCloseTo(allPairs(table, masses), within(1e-12 * masses.sum() * masses.sum()));
        }
    }

    private static double allPairs(double[][] table, ClassMasses masses) {
        double sum = 0;
        for (int i = 0; i < masses.nClasses(); i++) {
            for (int j = 0; j < masses.nClasses(); j++) {
                double similarity = table[masses.classAt(i)][masses.classAt(j)];
                sum += i == j ? 0 : masses.massAt(i) * masses.massAt(j) * similarity;
            }
        }
        return sum;
    }
}
