package io.taxoscope.taxonomy.scoring;

import static io.taxoscope.taxonomy.Nouns.ILSVRC;
import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.taxonomy.SynsetId;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AveragePrecisionTest {
    @Test
    void choosesTheMarkedSynsetAndNotTheRootWhereEveryRankingIsPerfect() {
        int[] classOf = ChanceTest.uniform(20);
        int[] dogs = {ILSVRC.node(SynsetId.of("n02084071"))};
        var codes = PlantedCodes.subtrees(ILSVRC, classOf, dogs, .8, .002, new SplittableRandom(3));
        var result = new HierarchyScoring(ILSVRC, new ScoringSpec(10, .9, 10, 0, 0, 7)).score(codes, classOf);

        var best = Objects.requireNonNull(result.latents().getFirst().best(Criterion.AP));
        assertThat(best.node()).isEqualTo(dogs[0]);
        assertThat(best.ap()).isBetween(.5, .99);
    }
}
