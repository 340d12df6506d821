package io.taxoscope.taxonomy.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void quantilesInterpolateAsNumPyDoes() {
        double[] values = {7, 1, 3, 10};

        // numpy.quantile([7, 1, 3, 10], [0, .025, .5, .9, 1]) is [1, 1.15, 5, 9.1, 10].
        assertThat(Statistics.quantile(values, 0)).isEqualTo(1);
        assertThat(Statistics.quantile(values, .025)).isCloseTo(1.15, within(1e-12));
        assertThat(Statistics.quantile(values, .5)).isEqualTo(5);
        assertThat(Statistics.quantile(values, .9)).isCloseTo(9.1, within(1e-12));
        assertThat(Statistics.quantile(values, 1)).isEqualTo(10);
    }

    @Test
    void bootstrapMeansSpreadLikeTheStandardErrorOfTheMean() {
        double[] values = new Random(1).doubles(2000).toArray();

        double[] means = Bootstrap.means(new double[][] {values}, new ScoringSpec(10, .9, 1, 0, 4000, 5))[0];

        assertThat(Statistics.mean(means)).isCloseTo(Statistics.mean(values), within(.001));
        assertThat(Statistics.deviation(means))
                .isCloseTo(Statistics.deviation(values) / Math.sqrt(2000), within(.0003));
    }
}
