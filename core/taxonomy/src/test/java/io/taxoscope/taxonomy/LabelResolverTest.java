package io.taxoscope.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
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
    void readsAMappingFile() {
        var mapping = LabelMapping.read("# birds, not machines\ncrane\tn02012849\r\nmaillot\tn03710637\n");

        assertThat(resolver.resolve(List.of("crane", "maillot"), mapping).resolved())
                .containsExactly(
                        Map.entry("crane", SynsetId.of("n02012849")), Map.entry("maillot", SynsetId.of("n03710637")));
    }

    @Test
    void namesEveryFaultyLineOfAMappingFile() {
        assertThatThrownBy(() -> LabelMapping.read("crane\tn02012849\n\ncrane n02012849\ncrane\tn03126707\n"))
                .isInstanceOfSatisfying(TaxoscopeException.class, failure -> assertThat(failure.errors())
                        .containsExactly(
                                new FieldError("mappingFile[2]", "line 2 is not label<TAB>id"),
                                new FieldError("mappingFile[3]", "line 3 is not label<TAB>id"),
                                new FieldError("mappingFile[4]", "line 4 repeats the label of line 1: crane")));
    }

    @Test
    void answersBothMaillotsOfImageNet() {
        var problem = resolver.resolve(List.of("maillot"), Map.of()).problems().getFirst();

        assertThat(problem.candidates())
                .extracting(Synset::id)
                .filteredOn(Ilsvrc2012.classes()::contains)
                .containsExactlyInAnyOrder(SynsetId.of("n03710637"), SynsetId.of("n03710721"));
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
