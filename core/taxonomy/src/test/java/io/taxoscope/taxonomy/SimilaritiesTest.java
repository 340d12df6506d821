package io.taxoscope.taxonomy;

import static io.taxoscope.taxonomy.Nouns.ILSVRC;
import static io.taxoscope.taxonomy.Nouns.WORDNET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the table of pairs that was computed outside this project. */
class SimilaritiesTest {
    private final CommonHypernyms hypernyms = new CommonHypernyms(ILSVRC);
    private final Similarities similarities = new Similarities(WORDNET.dag(), Similarities.uniform(ILSVRC));

    @ParameterizedTest
    @CsvSource({
        "golden_retriever, Labrador_retriever, n02099029, 1, 5, .9444, 5.2983, .7670",
        "golden_retriever, German_shepherd, n02084071, 5, 118, .8000, 2.1371, .3094",
        "tabby, tiger_cat, n02121808, 1, 5, .9375, 5.2983, .7670",
        "tabby, golden_retriever, n01317541, 6, 123, .7059, 2.0956, .3034",
        "tabby, robin, n01471682, 10, 337, .6000, 1.0877, .1575",
        "tabby, banana, n00003553, 15, 949, .3810, .0523, .0076",
        "sports_car, convertible, n02958343, 1, 10, .9231, 4.6052, .6667",
        "sports_car, airliner, n04524313, 7, 67, .6154, 2.7031, .3913",
        "acoustic_guitar, grand_piano, n04338517, 2, 8, .8182, 4.8283, .6990",
        "banana, lemon, n07705931, 3, 10, .8696, 4.6052, .6667",
        "geyser, volcano, n09287968, 4, 10, .6154, 4.6052, .6667"
    })
    void agreeWithTheReference(
            String a, String b, String lch, int height, int classes, double wuPalmer, double resnik, double lin) {
        int[] pair = {Nouns.classNode(a), Nouns.classNode(b)};
        int lowest = hypernyms.lowest(pair);

        assertThat(ILSVRC.id(lowest).value()).isEqualTo(lch);
        assertThat(ILSVRC.height(lowest)).isEqualTo(height);
        assertThat(ILSVRC.classesBelow(lowest)).hasSize(classes);
        int[] nouns =
                Arrays.stream(pair).map(node -> WORDNET.node(ILSVRC.id(node))).toArray();
        assertThat(similarities.wuPalmer(nouns[0], nouns[1])).isCloseTo(wuPalmer, within(5e-5));
        assertThat(similarities.resnik(nouns[0], nouns[1])).isCloseTo(resnik, within(5e-5));
        assertThat(similarities.lin(nouns[0], nouns[1])).isCloseTo(lin, within(5e-5));
    }

    @Test
    void breaksTheTieBetweenCarnivoreAndDomesticAnimalByHeight() {
        int[] pair = {Nouns.classNode("tabby"), Nouns.classNode("golden_retriever")};

        assertThat(Nouns.names(hypernyms.minimal(pair, 2))).containsExactly("domestic_animal", "carnivore");
    }

    @Test
    void findsTwoLowestHypernymsForThePairsOfTheReferenceOnly() {
        long tied = IntStream.range(0, 1000)
                .mapToLong(a -> IntStream.range(0, a)
                        .filter(b -> hypernyms
                                        .minimal(new int[] {ILSVRC.classNode(a), ILSVRC.classNode(b)}, 2)
                                        .size()
                                > 1)
                        .count())
                .sum();

        assertThat(tied).isEqualTo(638);
    }

    @Test
    void robustLchForgivesOneOutlierInTen() {
        int[] images = new int[10];
        Arrays.fill(images, Nouns.classNode("golden_retriever"));
        images[4] = Nouns.classNode("banana");

        assertThat(Nouns.names(hypernyms.minimal(images, 10))).containsExactly("whole");
        assertThat(Nouns.names(hypernyms.minimal(images, 9))).containsExactly("golden_retriever");
    }

    /** Most nouns lie outside ImageNet's part of WordNet. */
    @Test
    void everyNounCanBeCompared() {
        int dog = WORDNET.node(SynsetId.of("n02084071"));

        assertThat(IntStream.range(0, WORDNET.size())).allSatisfy(node -> {
            // No noun is deeper than 19 (NLTK), so no way over the root is longer than 38.
            assertThat(similarities.path(dog, node)).isBetween(1 / 39.0, 1.0);
            assertThat(similarities.wuPalmer(dog, node)).isBetween(1 / 39.0, 1.0);
            assertThat(similarities.resnik(dog, node)).isBetween(0.0, Math.log(1000));
        });
    }

    @Test
    void pathCountsTheShortestWay() {
        // NLTK: wn.synset('dog.n.01').path_similarity(wn.synset('cat.n.01'))
        int dog = WORDNET.node(SynsetId.of("n02084071"));
        int cat = WORDNET.node(SynsetId.of("n02121620"));

        assertThat(similarities.path(dog, cat)).isEqualTo(0.2);
        assertThat(similarities.path(dog, dog)).isEqualTo(1);
    }
}
