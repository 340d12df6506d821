package io.taxoscope.taxonomy;

import static io.taxoscope.taxonomy.Nouns.ILSVRC;
import static io.taxoscope.taxonomy.Nouns.WORDNET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against imagenet_taxonomy.tsv and the counts beside it, computed outside this project on WordNet 3.0. */
class TaxonomyTest {
    private static IntStream nodes() {
        return IntStream.range(0, ILSVRC.nNodes());
    }

    @Test
    void equalsTheReferenceTableRowByRow() throws Exception {
        String expected;
        try (var in = TaxonomyTest.class.getResourceAsStream("imagenet_taxonomy.tsv")) {
            assertThat(in).isNotNull();
            expected = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        var rows = expected.lines().skip(1).toList();

        assertThat(rows).hasSize(1860);
        assertThat(nodes().mapToObj(TaxonomyTest::row).toList())
                .containsExactlyInAnyOrderElementsOf(
                        rows.stream().map(TaxonomyTest::withSortedParents).toList());
    }

    private static String row(int node) {
        int classIndex = Ilsvrc2012.classes().indexOf(ILSVRC.id(node));
        return String.join(
                "\t",
                ILSVRC.id(node).value(),
                WORDNET.get(ILSVRC.id(node)).name(),
                ILSVRC.isClass(node) ? "1" : "0",
                "" + classIndex,
                Arrays.stream(ILSVRC.dag().parents(node))
                        .mapToObj(parent -> ILSVRC.id(parent).value())
                        .sorted()
                        .collect(Collectors.joining(",")),
                "" + ILSVRC.dag().minDepth(node),
                "" + ILSVRC.dag().maxDepth(node),
                "" + ILSVRC.height(node),
                "" + ILSVRC.minHeight(node),
                "" + ILSVRC.classesBelow(node).length,
                ILSVRC.isReachable(node) ? "1" : "0");
    }

    private static String withSortedParents(String row) {
        var columns = row.split("\t", -1);
        columns[4] = Arrays.stream(columns[4].split("[,|; ]")).sorted().collect(Collectors.joining(","));
        return String.join("\t", columns);
    }

    @Test
    void hasTheCountsOfTheReference() {
        var parents = nodes().map(node -> ILSVRC.dag().parents(node).length).toArray();
        var internal = nodes().filter(node -> !ILSVRC.isClass(node)).toArray();

        assertThat(ILSVRC.nClasses()).isEqualTo(1000);
        assertThat(IntStream.of(parents).sum()).isEqualTo(1937);
        assertThat(IntStream.of(parents).filter(n -> n > 1).count()).isEqualTo(75);
        assertThat(nodes().filter(node -> ILSVRC.isClass(node) && parents[node] > 1))
                .hasSize(38);
        assertThat(internal).hasSize(860);
        assertThat(IntStream.of(internal).filter(node -> ILSVRC.classesBelow(node).length > 1))
                .hasSize(472);
        assertThat(IntStream.of(internal).filter(ILSVRC::isReachable)).hasSize(396);
        assertThat(nodes().filter(ILSVRC::isReachable)).hasSize(1396);
    }

    @Test
    void hasTheHeightsAndDepthsOfTheReference() {
        var heights = nodes().map(ILSVRC::height).toArray();
        int[] expected = {1000, 433, 183, 100, 56, 32, 21, 13, 6, 4, 3, 2, 1, 1, 1, 1, 1, 1, 1};
        var classes = IntStream.range(0, 1000).map(ILSVRC::classNode).toArray();

        assertThat(IntStream.rangeClosed(0, 18)
                        .mapToLong(
                                h -> IntStream.of(heights).filter(x -> x == h).count()))
                .containsExactly(Arrays.stream(expected).asLongStream().boxed().toArray(Long[]::new));
        assertThat(IntStream.of(classes).map(ILSVRC.dag()::minDepth).summaryStatistics())
                .satisfies(depth -> assertThat(depth.getAverage()).isCloseTo(10.22, within(.005)))
                .returns(4, s -> s.getMin())
                .returns(17, s -> s.getMax());
        assertThat(IntStream.of(classes).map(ILSVRC.dag()::maxDepth).summaryStatistics())
                .satisfies(depth -> assertThat(depth.getAverage()).isCloseTo(11.09, within(.005)))
                .returns(4, s -> s.getMin())
                .returns(18, s -> s.getMax());
    }

    @Test
    void allowsAClassAboveAnother() {
        var dog = SynsetId.of("n02084071");
        var retriever = SynsetId.of("n02099029");
        var taxonomy = Taxonomy.over(WORDNET.dag(), List.of(dog, retriever, SynsetId.of("n07753592")));

        assertThat(taxonomy.classesBelow(taxonomy.node(dog))).containsExactly(0, 1);
        assertThat(taxonomy.height(taxonomy.node(dog))).isEqualTo(3);
        assertThat(taxonomy.minHeight(taxonomy.node(dog))).isZero();
        assertThat(taxonomy.isReachable(taxonomy.node(dog))).isTrue();
        assertThat(new CommonHypernyms(taxonomy).lowest(new int[] {taxonomy.node(dog), taxonomy.node(retriever)}))
                .isEqualTo(taxonomy.node(dog));
    }

    @Test
    void marksOneNodeForEachClassSetWhereTwoUnrelatedNodesShareIt() {
        // b and c both have exactly the classes d and e below them.
        var ids = List.of("a", "b", "c", "d", "e").stream().map(SynsetId::of).toList();
        var diamond = new Dag(ids, new int[][] {{}, {0}, {0}, {1, 2}, {1, 2}});
        var taxonomy = Taxonomy.over(diamond, ids.subList(3, 5));

        assertThat(IntStream.range(0, 5).filter(taxonomy::isReachable)).containsExactly(1, 3, 4);
        assertThat(new CommonHypernyms(taxonomy).minimal(new int[] {3, 4}, 2)).containsExactly(1, 2);
    }

    @Test
    void refusesASynsetThatWordNetLacks() {
        assertThatThrownBy(() -> Taxonomy.over(WORDNET.dag(), List.of(SynsetId.of("n00000001"))))
                .hasMessageContaining("n00000001 is not part");
    }

    @Test
    void builtOverAllOfWordNetHasEverySynsetAsNode() {
        var all = IntStream.range(0, WORDNET.size()).mapToObj(WORDNET.dag()::id).toList();

        var taxonomy = Taxonomy.over(WORDNET.dag(), all);

        assertThat(taxonomy.nNodes()).isEqualTo(82_115);
        assertThat(taxonomy.height(taxonomy.dag().root())).isEqualTo(19);
    }

    @ParameterizedTest
    @CsvSource({
        "n00001930, 997, 17", "n00002684, 958, 16", "n00003553, 949, 15", "n00004258, 410, 14", "n00015388, 398, 12",
        "n01471682, 337, 10", "n01861778, 218, 9", "n02075296, 158, 7", "n02084071, 118, 5", "n01503061, 59, 7",
        "n00021939, 522, 11", "n03575240, 358, 10", "n04524313, 67, 7", "n03183080, 130, 9", "n07555863, 27, 6"
    })
    void hasTheClassCountsAndHeightsOfTheReference(String wnid, int classes, int height) {
        int node = ILSVRC.node(SynsetId.of(wnid));

        assertThat(ILSVRC.classesBelow(node)).hasSize(classes);
        assertThat(ILSVRC.height(node)).isEqualTo(height);
    }
}
