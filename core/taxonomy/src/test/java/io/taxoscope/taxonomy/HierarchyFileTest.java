package io.taxoscope.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import io.taxoscope.taxonomy.HierarchyFile.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HierarchyFileTest {
    private static final String EDGES = """
            # a bat is two things at once
            bat\tmammal
            bat\tflyer
            mammal\tanimal
            flyer\tanimal
            """;

    @Test
    void readsEdgesWithNodesBeforeTheirParents() {
        var read = edges(EDGES, null);

        assertThat(read.nOwnNodes()).isEqualTo(4);
        assertThat(read.nOwnEdges()).isEqualTo(4);
        assertThat(read.get(SynsetId.of("bat")).parents()).containsExactly(SynsetId.of("flyer"), SynsetId.of("mammal"));
        assertThat(read.name(read.dag().root())).isEqualTo("animal");
    }

    @Test
    void takesNamesSynonymsAndGlossesFromTheLabels() {
        var labels = """
                bat\tbat|flying mouse\tit sleeps upside down
                mammal\tmammal
                flyer\tflyer
                animal\tanimal|beast
                """;
        var read = edges(EDGES, labels);

        assertThat(read.findByLemma("Flying-Mouse").getFirst().gloss()).isEqualTo("it sleeps upside down");
        assertThat(read.findByLemma("beast")).extracting(Synset::name).containsExactly("animal");
    }

    @Test
    void readsNodesWhoseParentsStandOnLaterLines() {
        var read = nodes("id\tparents\tnames\nbat\tmammal|flyer\tbat\nmammal\t\tmammal\nflyer\nlone");

        assertThat(read.nOwnRoots()).isEqualTo(3);
        assertThat(read.get(SynsetId.of("bat")).parents()).hasSize(2);
        assertThat(read.get(SynsetId.of("lone")).name()).isEqualTo("lone");
    }

    @Test
    void putsOneRootAboveSeveral() {
        var read = edges("a\tb\nc\td", null);

        assertThat(read.nOwnNodes()).isEqualTo(4);
        assertThat(read.nOwnEdges()).isEqualTo(2);
        assertThat(read.nOwnRoots()).isEqualTo(2);
        assertThat(read.dag().id(read.dag().root())).isEqualTo(UploadedHierarchy.ROOT);
        var taxonomy = Taxonomy.over(read.dag(), List.of(SynsetId.of("a"), SynsetId.of("c")));
        assertThat(taxonomy.id(
                        new CommonHypernyms(taxonomy).lowest(new int[] {taxonomy.classNode(0), taxonomy.classNode(1)})))
                .isEqualTo(UploadedHierarchy.ROOT);
        // Also above one tree alone, as entity is in WordNet: depths do not depend on which classes were chosen.
        assertThat(Taxonomy.over(read.dag(), List.of(SynsetId.of("a"))).nNodes())
                .isEqualTo(3);
    }

    @Test
    void readsFolderNamesOfINaturalistWithoutTheirNumber() {
        var read = HierarchyFile.read("birds", Format.PATHS, """
                03111_Animalia_Chordata_Aves_Accipitriformes_Accipitridae_Accipiter_badius
                03113_Animalia_Chordata_Aves_Accipitriformes_Accipitridae_Accipiter_cooperii
                05734_Plantae_Tracheophyta_Magnoliopsida_Ericales_Ericaceae_Vaccinium_corymbosum
                """, null);
        var resolver = new LabelResolver(read);
        var label = "03113_Animalia_Chordata_Aves_Accipitriformes_Accipitridae_Accipiter_cooperii";

        assertThat(read.nOwnNodes()).isEqualTo(6 + 2 + 7);
        assertThat(read.nOwnRoots()).isEqualTo(2);
        assertThat(resolver.resolve(List.of(label, "Accipiter cooperii", label.substring(6)), Map.of())
                        .resolved())
                .hasSize(3)
                .allSatisfy((each, id) -> assertThat(id.value()).isEqualTo(label.substring(6)));
        assertThat(read.name(read.node(SynsetId.of(label.substring(6))))).isEqualTo("Accipiter_cooperii");
    }

    @Test
    void writesEqualHierarchiesAlikeAndReadsThemBack() {
        var read = edges(EDGES, null);
        var shuffled = edges("flyer\tanimal\r\nmammal\tanimal\r\nbat\tflyer\r\nbat\tmammal\r\n", null);
        var canonical = HierarchyFile.canonical(read);

        assertThat(HierarchyFile.canonical(shuffled)).isEqualTo(canonical);
        assertThat(HierarchyFile.canonical(nodes(canonical))).isEqualTo(canonical);
        var rooted = HierarchyFile.canonical(edges("a\tb\nc\td", null));
        assertThat(HierarchyFile.canonical(nodes(rooted))).isEqualTo(rooted).doesNotContain("*ROOT*");
    }

    @Test
    void namesTheNodesOfACycleAndTheLineThatClosesIt() {
        assertThat(faults("cat\tanimal\nrestrain\tinhibit\nhold\trestrain\ninhibit\thold"))
                .containsExactly(Map.entry(
                        "source[4]",
                        "line 4 closes a cycle, each node below the next:" + " hold < restrain < inhibit < hold"));
    }

    /** The verbs of WordNet 3.0, which are no hierarchy: restrain (v02422663) and inhibit (v02423762) lie above each other. */
    @Test
    void findsTheOnlyCycleOfWordNetsVerbs() throws IOException {
        var cycles = faults(verbEdges());

        assertThat(cycles).singleElement().satisfies(fault -> assertThat(fault.getValue())
                .endsWith("02422663 < 02423762 < 02422663"));
    }

    /** Lines of data.verb: offset, file, v, number of words (hex), words, number of pointers, pointers of four fields. */
    private static String verbEdges() throws IOException {
        var edges = new StringBuilder();
        try (var in = WordNet.class.getResourceAsStream("/net/sf/extjwnl/data/wordnet/wn30/data.verb")) {
            var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            for (var line : text.lines().filter(each -> !each.startsWith(" ")).toList()) {
                var fields = line.split(" ", -1);
                int at = 4 + 2 * Integer.parseInt(fields[3], 16);
                for (int i = 0; i < Integer.parseInt(fields[at]); i++) {
                    if (fields[at + 1 + 4 * i].equals("@")) {
                        edges.append(fields[0])
                                .append('\t')
                                .append(fields[at + 2 + 4 * i])
                                .append('\n');
                    }
                }
            }
        }
        return edges.toString();
    }

    @Test
    void namesEveryFaultyLine() {
        assertThat(faults("a\tb\n\na\tb\na\ta\na\nb\tc\td\n\tb\nx|y\tb\nq/r\tb\n*ROOT*\tb\n b\tc\nd\t#e"))
                .extracting(Map.Entry::getValue)
                .satisfiesExactly(
                        fault -> assertThat(fault).isEqualTo("line 2 is empty"),
                        fault -> assertThat(fault).isEqualTo("line 3 repeats the edge of line 1: b above a"),
                        fault -> assertThat(fault).isEqualTo("line 4 makes a its own parent"),
                        fault -> assertThat(fault).isEqualTo("line 5 has one column, not child<TAB>parent"),
                        fault -> assertThat(fault).isEqualTo("line 6 has 3 columns, not child<TAB>parent"),
                        fault -> assertThat(fault).isEqualTo("line 7 has an empty id"),
                        fault -> assertThat(fault).startsWith("line 8 has the id \"x|y\": |, / and \\ separate"),
                        fault -> assertThat(fault).startsWith("line 9 has the id \"q/r\""),
                        fault -> assertThat(fault).startsWith("line 10 has the id *ROOT*, which is the root"),
                        fault -> assertThat(fault).startsWith("line 11 has an id with blanks around it"),
                        fault -> assertThat(fault).startsWith("line 12 has the id \"#e\""));
    }

    @Test
    void namesParentsThatNoLineDeclares() {
        assertThat(faults(() -> edges("a\tb\na\tz", "a\tA\nb\tB\nb\tagain")))
                .containsExactly(
                        Map.entry("labels[3]", "line 3 repeats the id of line 2: b"),
                        Map.entry("source[2]", "line 2 names the parent z, which no line declares"));
        assertThat(faults(() -> nodes("id\tparents\na\tb|b\nb\tz")))
                .containsExactly(
                        Map.entry("source[2]", "line 2 repeats the edge of itself: b above a"),
                        Map.entry("source[3]", "line 3 names the parent z, which no line declares"));
    }

    @Test
    void refusesAFileOfAnotherForm() {
        assertThat(faults(() -> nodes("a\tb"))).first().satisfies(fault -> assertThat(fault.getValue())
                .startsWith("line 1 is not the header"));
        assertThat(faults(() -> HierarchyFile.read("t", Format.PATHS, "a__b\n1_a_c\n2_a_c", null)))
                .containsExactly(
                        Map.entry("source[1]", "line 1 has an empty rank: \"a__b\""),
                        Map.entry("source[3]", "line 3 repeats the path of line 2: a_c"));
        assertThat(faults(() -> HierarchyFile.read("t", Format.PATHS, "a_b", "a\tA")))
                .extracting(Map.Entry::getKey)
                .containsExactly("labels");
        assertThat(faults("# nothing")).containsExactly(Map.entry("source", "has no lines"));
    }

    @Test
    void showsTheFirstHundredFaultsAndCountsTheRest() {
        var failure = failure(() -> edges("a\ta\n".repeat(250), null));

        assertThat(failure.code()).isEqualTo(TaxonomyError.TAXONOMY_INVALID);
        assertThat(failure.errors()).hasSize(100);
        assertThat(failure).hasMessageContaining("line 1 makes a its own parent; 249 more");
    }

    @Test
    void refusesAPathSoDeepThatItsClosureWouldNotFit() {
        var chain = IntStream.range(0, 20_000).mapToObj(i -> i + "\t" + (i + 1)).collect(Collectors.joining("\n"));

        assertThat(failure(() -> edges(chain, null))).hasMessageContaining("too deep");
    }

    private static UploadedHierarchy edges(String source, @Nullable String labels) {
        return HierarchyFile.read("things", Format.EDGES, source, labels);
    }

    private static UploadedHierarchy nodes(String source) {
        return HierarchyFile.read("things", Format.NODES, source, null);
    }

    private static List<Map.Entry<String, String>> faults(String edges) {
        return faults(() -> edges(edges, null));
    }

    private static List<Map.Entry<String, String>> faults(Runnable read) {
        return failure(read).errors().stream()
                .map((FieldError error) -> Map.entry(error.field(), error.message()))
                .toList();
    }

    private static TaxoscopeException failure(Runnable read) {
        return catchThrowableOfType(TaxoscopeException.class, read::run);
    }
}
