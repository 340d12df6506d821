package io.taxoscope.taxonomy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DagTest {
    private static final List<SynsetId> ABC = List.of(SynsetId.of("a"), SynsetId.of("b"), SynsetId.of("c"));

    @Test
    void refusesACycle() {
        assertThatThrownBy(() -> new Dag(ABC, new int[][] {{}, {0, 2}, {1}}))
                .hasMessage("2 nodes lie on or below a cycle");
    }

    @Test
    void refusesTwoRoots() {
        assertThatThrownBy(() -> new Dag(ABC, new int[][] {{}, {}, {0, 1}}))
                .hasMessage("a hierarchy needs exactly one root, this one has 2");
    }
}
