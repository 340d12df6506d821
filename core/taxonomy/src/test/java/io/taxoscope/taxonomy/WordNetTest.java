package io.taxoscope.taxonomy;

import static io.taxoscope.taxonomy.Nouns.WORDNET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taxoscope.common.TaxoscopeException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordNetTest {
    private static final SynsetId DOG = SynsetId.of("n02084071");

    @Test
    void hasAllNounSynsetsUnderOneRoot() {
        // 82,115 noun synsets: wnstats(7WN) of WordNet 3.0.
        assertThat(WORDNET.size()).isEqualTo(82_115);
        assertThat(WORDNET.synset(WORDNET.dag().root()).name()).isEqualTo("entity");
    }

    @Test
    void readsEveryPartOfASynset() {
        var dog = WORDNET.get(DOG);

        assertThat(dog.lemmas()).containsExactly("dog", "domestic_dog", "Canis_familiaris");
        assertThat(dog.gloss()).startsWith("a member of the genus Canis").endsWith("\"the dog barked all night\"");
        assertThat(dog.parents()).containsExactly(SynsetId.of("n02083346"), SynsetId.of("n01317541"));
        assertThat(dog.children()).hasSize(18).contains(SynsetId.of("n02087122"));
        // NLTK: wn.synset('dog.n.01').min_depth(), max_depth()
        assertThat(dog.minDepth()).isEqualTo(8);
        assertThat(dog.maxDepth()).isEqualTo(13);
    }

    @Test
    void takesInstanceHypernymsForParents() {
        var einstein = WORDNET.findByLemma("Albert Einstein").getFirst();

        assertThat(einstein.parents())
                .singleElement()
                .satisfies(parent -> assertThat(WORDNET.get(parent).name()).isEqualTo("physicist"));
    }

    @Test
    void answersALemmaWithItsSensesInWordNetsOrder() {
        assertThat(WORDNET.findByLemma("crane"))
                .extracting(synset -> synset.id().value())
                .containsExactly("n10914447", "n10914331", "n09295455", "n03126707", "n02012849");
        assertThat(WORDNET.findByLemma("no such noun")).isEmpty();
    }

    @Test
    void treatsSpellingsOfALemmaAlike() {
        var expected = WORDNET.findByLemma("golden_retriever");

        assertThat(expected).hasSize(1);
        assertThat(WORDNET.findByLemma("Golden Retriever")).isEqualTo(expected);
        assertThat(WORDNET.findByLemma("golden-retriever")).isEqualTo(expected);
    }

    @Test
    void saysWhatAWnidLooksLike() {
        assertThatThrownBy(() -> WORDNET.get(SynsetId.of("dog")))
                .isInstanceOf(TaxoscopeException.class)
                .hasMessage("\"dog\" is no noun synset of WordNet 3.0:"
                        + " a wnid is an n and eight digits, such as n02084071 (dog)");
        assertThatThrownBy(() -> WORDNET.get(SynsetId.of("n00000001")))
                .hasMessageStartingWith("\"n00000001\" is no noun synset of WordNet 3.0");
    }

    @Test
    void walksUpAndDownNearestFirst() {
        int dog = WORDNET.node(DOG);
        int[] up = WORDNET.dag().upwards(dog);
        int[] down = WORDNET.dag().downwards(dog, 10);

        assertThat(up[0]).isEqualTo(dog);
        assertThat(up).endsWith(WORDNET.dag().root());
        assertThat(Nouns.ids(up)).contains(SynsetId.of("n02083346"), SynsetId.of("n01317541"));
        assertThat(down).hasSize(10).startsWith(dog);
        assertThat(IntStream.of(down).skip(1))
                .allSatisfy(node -> assertThat(WORDNET.dag().parents(node)).contains(dog));
        assertThat(WORDNET.dag().downwards(WORDNET.dag().root(), Integer.MAX_VALUE))
                .hasSize(82_115);
    }

    @Test
    void carriesThePrincetonLicenceInDataAndResource() throws Exception {
        try (var in = WordNet.class.getResourceAsStream("/META-INF/licenses/WordNet-3.0.txt")) {
            assertThat(in).isNotNull();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(WORDNET.licence());
        }
        assertThat(WORDNET.licence()).contains("WordNet 3.0 Copyright 2006 by Princeton University.");
    }

    @Test
    void everyParentOfEverySynsetIsASynset() {
        assertThat(IntStream.range(0, WORDNET.size())
                        .flatMap(node -> Arrays.stream(WORDNET.dag().parents(node)))
                        .min())
                .hasValue(0);
    }
}
