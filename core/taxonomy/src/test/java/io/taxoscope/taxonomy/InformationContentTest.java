package io.taxoscope.taxonomy;

import static io.taxoscope.taxonomy.Nouns.WORDNET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.taxonomy.HierarchyFile.Format;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InformationContentTest {
    private static final Dag DIAMOND = HierarchyFile.read(
                    "diamond",
                    Format.EDGES,
                    "bat\tmammal\nbat\tflyer\nmammal\tanimal\nflyer\tanimal\ngull\tflyer\n",
                    null)
            .dag();

    @Test
    void countsANodeOnceForEachOfItsAncestors() {
        var content = InformationContent.ofCounts(DIAMOND, Map.of(id("bat"), 1.0, id("gull"), 3.0, id("mammal"), 0.0));

        assertThat(content.of(id("animal"))).isZero();
        assertThat(content.of(id("flyer"))).isZero();
        assertThat(content.of(id("mammal"))).isCloseTo(Math.log(4), within(1e-15));
        assertThat(content.of(id("gull"))).isCloseTo(Math.log(4 / 3.0), within(1e-15));
    }

    @Test
    void knowsNothingOfWhatWasNeverSeen() {
        var content = InformationContent.ofCounts(DIAMOND, Map.of(id("gull"), 3.0));
        var similarities = new Similarities(DIAMOND, content);
        int bat = DIAMOND.find(id("bat")).orElseThrow();
        int gull = DIAMOND.find(id("gull")).orElseThrow();

        assertThat(similarities.informationContent(bat)).isInfinite();
        assertThat(similarities.resnik(bat, gull)).isZero();
        assertThat(similarities.lin(bat, gull)).isZero();
        assertThat(similarities.jiangConrath(bat, gull)).isZero();
        assertThat(similarities.jiangConrath(gull, gull)).isInfinite();
    }

    @Test
    void refusesCountsThatAreNone() {
        assertThatThrownBy(() -> InformationContent.ofCounts(DIAMOND, Map.of(id("bat"), 0.0)))
                .hasMessage("no count is above 0");
        assertThatThrownBy(() -> InformationContent.ofCounts(DIAMOND, Map.of(id("bat"), Double.NaN)))
                .hasMessageContaining("the count of bat is NaN");
    }

    @Test
    void refusesACorpusFileByLine() {
        var wrong = "wnver::x\n1740n 10 ROOT\n2v 3 ROOT\n1741n 4\nnonsense\n";

        assertThatThrownBy(() -> InformationContent.ofCorpus(WORDNET, wrong))
                .isInstanceOfSatisfying(TaxoscopeException.class, failure -> assertThat(failure.errors())
                        .extracting(error -> error.field() + " " + error.message())
                        .satisfiesExactly(
                                first -> assertThat(first)
                                        .startsWith("informationContent[4] line 4 has the offset 1741, where WordNet"),
                                second -> assertThat(second).startsWith("informationContent[5] line 5 is no entry")));
        assertThatThrownBy(() -> InformationContent.ofCorpus(WORDNET, "1740n 10 ROOT"))
                .hasMessageContaining("line 1 is not the header");
        assertThatThrownBy(() -> InformationContent.ofCorpus(WORDNET, "wnver::x\n1740n 10\n"))
                .hasMessageContaining("has no noun that is marked ROOT");
    }

    private static SynsetId id(String value) {
        return SynsetId.of(value);
    }
}
