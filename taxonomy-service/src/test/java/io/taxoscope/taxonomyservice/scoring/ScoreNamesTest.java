package io.taxoscope.taxonomyservice.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.api.taxonomy.FeatureSort;
import io.taxoscope.api.taxonomy.ScoreName;
import io.taxoscope.taxonomy.scoring.Criterion;
import io.taxoscope.taxonomy.scoring.Measure;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ScoreNamesTest {
    @Test
    void everyMeasureHasANameInTheContractAndEveryNameAMeasure() {
        assertThat(Arrays.stream(ScoreName.values()).map(Enum::name))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Measure.values()).map(Enum::name).toList());
        assertThat(Arrays.stream(io.taxoscope.api.taxonomy.Criterion.values()).map(Enum::name))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Criterion.values()).map(Enum::name).toList());
    }

    @Test
    void latentsCanBeSortedByEveryScoreUnderItsOwnName() {
        var sorted = Arrays.stream(FeatureSort.values())
                .filter(sort -> sort.score() != null)
                .toList();

        assertThat(sorted).extracting(FeatureSort::score).containsExactlyInAnyOrder(ScoreName.values());
        assertThat(sorted)
                .allSatisfy(sort ->
                        assertThat(Objects.requireNonNull(sort.score()).name()).isEqualTo(sort.name()));
    }
}
