package io.taxoscope.taxonomy.scoring;

import static io.taxoscope.taxonomy.Nouns.ILSVRC;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against chance levels that were simulated outside this project: class-uniform images, 3,000 draws. */
class ChanceTest {
    private static final Labels UNIFORM = new Labels(ILSVRC, uniform(50));

    static int[] uniform(int perClass) {
        int[] classOf = new int[1000 * perClass];
        Arrays.setAll(classOf, i -> i % 1000);
        return classOf;
    }

    private static Chance chance(int topK, int draws) {
        return new Chance(new Frame(ILSVRC, new ScoringSpec(topK, .9, draws, 0, 0, 1)), UNIFORM);
    }

    private static Chance.Level height(Chance chance, Measure measure) {
        return requireNonNull(chance.heights().get(measure));
    }

    @ParameterizedTest
    @CsvSource({
        "2, 12.85",
        "3, 14.33",
        "5, 15.20",
        "8, 15.68",
        "10, 15.78",
        "16, 16.12",
        "20, 16.31",
        "50, 16.96",
        "100, 17.24"
    })
    void lchHeightGrowsWithKByChanceAloneAsInTheReference(int k, double expected) {
        var level = height(chance(k, 20_000), Measure.LCH_HEIGHT);

        // Four standard errors of a difference between 3,000 and 20,000 draws.
        double tolerance = 4 * requireNonNull(level.deviation()) * Math.sqrt(1 / 3000.0 + 1 / 20_000.0);
        assertThat(level.mean()).isCloseTo(expected, within(tolerance));
    }

    @Test
    void tenRandomImagesHaveTheMeanAndSpreadOfTheReference() {
        var plain = height(chance(10, 3000), Measure.LCH_HEIGHT);
        var robust = height(chance(10, 3000), Measure.ROBUST_LCH_HEIGHT);

        assertThat(plain.mean()).isCloseTo(15.78, within(.05));
        assertThat(plain.deviation()).isCloseTo(1.02, within(.05));
        assertThat(robust.mean()).isCloseTo(15.08, within(.1));
    }

    @ParameterizedTest
    @CsvSource({"10, 6", "20, 4"})
    void tenThousandRandomLatentsReachAHandfulOfNodes(int k, int expected) {
        var layers = chance(k, 1).coverage(10_000);

        assertThat(Arrays.stream(layers).mapToInt(BitSet::cardinality).average().orElseThrow())
                .isCloseTo(expected, within(1.0));
    }
}
