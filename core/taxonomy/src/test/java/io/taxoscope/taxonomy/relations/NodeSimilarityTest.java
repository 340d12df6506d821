package io.taxoscope.taxonomy.relations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.taxonomy.Nouns;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NodeSimilarityTest {
    private final NodeSimilarity similarity = new NodeSimilarity(Nouns.ILSVRC);

    /** The table of the reference: Lin of two classes under uniform information content. */
    @Test
    void linIsThatOfTheTable() {
        assertThat(lin("golden_retriever", "Labrador_retriever")).isCloseTo(.7670, within(5e-5));
        assertThat(lin("golden_retriever", "German_shepherd")).isCloseTo(.3094, within(5e-5));
        assertThat(lin("tabby", "banana")).isCloseTo(.0076, within(5e-5));
        assertThat(lin("acoustic_guitar", "grand_piano")).isCloseTo(.6990, within(5e-5));
    }

    @Test
    void distanceIsTheShortestWayUpAndDown() {
        var random = new SplittableRandom(5);
        var dag = Nouns.ILSVRC.dag();
        for (int i = 0; i < 300; i++) {
            int a = random.nextInt(dag.size());
            int b = random.nextInt(dag.size());
            assertThat(similarity.distance(a, b)).isEqualTo(byStepping(a, b));
        }
    }

    /** Steps up from both ends, level by level, until some node is reached from either. */
    private static int byStepping(int a, int b) {
        var dag = Nouns.ILSVRC.dag();
        int[] fromA = levels(a);
        int[] fromB = levels(b);
        int least = Integer.MAX_VALUE;
        for (int node = 0; node < dag.size(); node++) {
            if (fromA[node] >= 0 && fromB[node] >= 0) {
                least = Math.min(least, fromA[node] + fromB[node]);
            }
        }
        return least;
    }

    private static int[] levels(int start) {
        var dag = Nouns.ILSVRC.dag();
        int[] level = new int[dag.size()];
        Arrays.fill(level, -1);
        level[start] = 0;
        for (boolean moved = true; moved; ) {
            moved = false;
            for (int node = 0; node < level.length; node++) {
                for (int parent : dag.parents(node)) {
                    if (level[node] >= 0 && (level[parent] < 0 || level[parent] > level[node] + 1)) {
                        level[parent] = level[node] + 1;
                        moved = true;
                    }
                }
            }
        }
        return level;
    }

    private double lin(String a, String b) {
        return similarity.lin(Nouns.classNode(a), Nouns.classNode(b));
    }
}
