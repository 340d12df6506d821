package io.taxoscope.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelResolverTest {
    private final LabelResolver resolver = new LabelResolver(Nouns.WORDNET);

    @Test
    void takesMappingThenWnidThenTheOnlyMeaning() {
        var answer = resolver.resolve(List.of("crane", "n02084071", "Golden Retriever"), Map.of("crane", "n02012849"));

        assertThat(answer.problems()).isEmpty();
        assertThat(answer.resolved())
                .containsEntry("crane", SynsetId.of("n02012849"))
                .containsEntry("n02084071", SynsetId.of("n02084071"))
                .containsEntry("Golden Retriever", SynsetId.of("n02099601"));
    }

    @Test
    void answersAnAmbiguousLabelWithCandidates() {
        var problem = resolver.resolve(List.of("crane"), Map.of()).problems().getFirst();

        assertThat(problem.reason()).isEqualTo("has 5 meanings in WordNet 3.0; map it to the wnid of one of them");
        assertThat(problem.candidates())
                .extracting(Synset::id)
                .contains(SynsetId.of("n02012849"), SynsetId.of("n03126707"));
    }

    @Test
    void suggestsTheSingularOfAPluralButDoesNotTakeIt() {
        var problem =
                resolver.resolve(List.of("airplanes"), Map.of()).problems().getFirst();

        assertThat(problem.candidates()).extracting(Synset::name).containsExactly("airplane");
    }

    @Test
    void namesEveryUnknownLabelAndEveryWrongMapping() {
        var answer = resolver.resolve(List.of("qwertz", "dog", ""), Map.of("dog", "n00000001"));

        assertThat(answer.resolved()).isEmpty();
        assertThat(answer.problems())
                .extracting(problem -> problem.label() + " " + problem.reason())
                .containsExactly(
                        "qwertz is no noun of WordNet 3.0; map it to a wnid",
                        "dog is mapped to \"n00000001\", which is no noun synset of WordNet 3.0",
                        " is no noun of WordNet 3.0; map it to a wnid");
    }
}
