package io.taxoscope.taxonomy.scoring;

import static io.taxoscope.taxonomy.Nouns.ILSVRC;
import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.taxonomy.SynsetId;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EntropyProfileTest {
    @Test
    void theLongestWayToAPotatoGoesOverTheParentOfLowestIdAmongEquals() {
        // WordNet lists root vegetable (n07710283) before starches (n07710007); both lie at depth 7.
        int mashedPotato = ILSVRC.node(SynsetId.of("n07711569"));

        int[] way = Arrays.stream(EntropyProfile.ways(ILSVRC))
                .filter(nodes -> nodes[nodes.length - 1] == mashedPotato)
                .findFirst()
                .orElseThrow();

        assertThat(way[7]).isEqualTo(ILSVRC.node(SynsetId.of("n07710007")));
    }
}
