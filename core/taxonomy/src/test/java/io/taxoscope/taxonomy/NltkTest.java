package io.taxoscope.taxonomy;

import static io.taxoscope.taxonomy.Nouns.WORDNET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.taxonomy.HierarchyFile.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Against NLTK's answers for pairs of ILSVRC classes, of any nouns, of nouns with several hypernyms, and of nouns and their
 * own ancestors in both orders; written by bench/python/compare_similarities.py, whose head says how.
 */
class NltkTest {
    private static final int A = 0;
    private static final int B = 1;
    private static final int PATH = 2;
    private static final int LEACOCK_CHODOROW = 3;
    private static final int WU_PALMER = 4;
    private static final int RESNIK = 5;
    private static final int LIN = 6;
    private static final int JIANG_CONRATH = 7;

    @Test
    void nounsAgreeUnderUniformClasses() throws IOException {
        var rows = rows("nltk_nouns_uniform.tsv");
        var similarities = new Similarities(WORDNET, InformationContent.uniform(Nouns.ILSVRC));

        assertThat(rows).hasSize(750);
        assertThat(rows).filteredOn(row -> !row[LIN].isEmpty()).hasSizeGreaterThan(150);
        agree(rows, WORDNET, similarities, true);
    }

    @Test
    void nounsAgreeUnderACorpusFile() throws IOException {
        var rows = rows("nltk_nouns_corpus.tsv");
        var corpus = InformationContent.ofCorpus(WORDNET, resource("nltk_corpus.dat"));

        assertThat(rows).filteredOn(row -> !row[JIANG_CONRATH].isEmpty()).hasSizeGreaterThan(100);
        agree(rows, WORDNET, new Similarities(WORDNET, corpus), true);
    }

    /** WordNet's verbs have many roots; here they are an upload like any other. */
    @Test
    void verbsAgreeUnderAnAddedRoot() throws IOException {
        var verbs = HierarchyFile.read("verbs", Format.NODES, resource("nltk_verbs_nodes.tsv"), null);
        var classes = IntStream.range(0, verbs.size())
                .mapToObj(verbs.dag()::id)
                .filter(id -> !id.equals(UploadedHierarchy.ROOT))
                .toList();

        assertThat(verbs.nOwnRoots()).isGreaterThan(50);
        agree(
                rows("nltk_verbs.tsv"),
                verbs,
                new Similarities(verbs, InformationContent.uniform(verbs.dag(), classes)),
                false);
    }

    /** The pairs that show why there are two forms of Wu-Palmer. */
    @Test
    void ourWuPalmerIsSymmetricWhereNltksDependsOnTheOrder() throws IOException {
        var similarities = new Similarities(WORDNET, InformationContent.uniform(Nouns.ILSVRC));
        var pairs = rows("nltk_nouns_uniform.tsv").stream()
                .map(row -> new int[] {node(WORDNET, row[A]), node(WORDNET, row[B])})
                .toList();

        assertThat(pairs).allSatisfy(pair -> assertThat(similarities.wuPalmer(pair[0], pair[1]))
                .isEqualTo(similarities.wuPalmer(pair[1], pair[0])));
        assertThat(pairs)
                .filteredOn(
                        pair -> similarities.wuPalmer(pair[0], pair[1]) != similarities.wuPalmerNltk(pair[0], pair[1]))
                .isNotEmpty();
    }

    /** @param waysAgree false where NLTK puts its added root further away than any way up */
    private static void agree(List<String[]> rows, Hierarchy in, Similarities ours, boolean waysAgree) {
        var all = new SoftAssertions();
        for (String[] row : rows) {
            int a = node(in, row[A]);
            int b = node(in, row[B]);
            var pair = Arrays.toString(row);
            if (waysAgree || (!hasForkedWay(in, a) && !hasForkedWay(in, b))) {
                equal(all, pair, row[PATH], ours.path(a, b));
                equal(all, pair, row[LEACOCK_CHODOROW], ours.leacockChodorow(a, b));
            }
            equal(all, pair, row[WU_PALMER], ours.wuPalmerNltk(a, b));
            if (!row[RESNIK].isEmpty()) {
                equal(all, pair, row[RESNIK], ours.resnik(a, b));
            }
            if (!row[LIN].isEmpty()) {
                equal(all, pair, row[LIN], ours.lin(a, b));
                equal(all, pair, row[JIANG_CONRATH], ours.jiangConrath(a, b));
            }
        }
        all.assertAll();
    }

    /** @param expected empty where NLTK has a stand-in for infinity */
    private static void equal(SoftAssertions all, String pair, String expected, @Nullable Double actual) {
        var value = Objects.requireNonNull(actual);
        if (expected.isEmpty()) {
            all.assertThat(value).as(pair).isInfinite();
        } else {
            double there = Double.parseDouble(expected);
            all.assertThat(value).as(pair).isCloseTo(there, within(1e-12 * Math.max(1, Math.abs(there))));
        }
    }

    private static boolean hasForkedWay(Hierarchy in, int node) {
        return IntStream.of(in.dag().upwards(node)).anyMatch(up -> in.dag().parents(up).length > 1);
    }

    private static int node(Hierarchy in, String id) {
        return in.node(SynsetId.of(id));
    }

    private static List<String[]> rows(String name) throws IOException {
        return resource(name).lines().skip(1).map(line -> line.split("\t", -1)).toList();
    }

    private static String resource(String name) throws IOException {
        try (var in = NltkTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
