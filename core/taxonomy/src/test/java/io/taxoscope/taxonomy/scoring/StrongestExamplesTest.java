package io.taxoscope.taxonomy.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrongestExamplesTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 10, 64, 1000})
    void keepsWhatSortingWouldKeepWithTiesToTheLowerIndex(int k) {
        var random = new Random(k);
        // Few distinct values, so that most of the choice is between ties.
        var all = IntStream.range(0, 500)
                .mapToObj(i -> new ActiveExample(i, 1 + random.nextInt(20)))
                .toList();
        var strongest = new StrongestExamples(k);

        all.forEach(each -> strongest.offer(each.example(), each.value()));

        assertThat(strongest.strongestFirst())
                .containsExactlyElementsOf(all.stream()
                        .sorted(Comparator.comparingDouble(ActiveExample::value)
                                .reversed()
                                .thenComparingInt(ActiveExample::example))
                        .limit(k)
                        .toList());
    }
}
