package io.taxoscope.taxonomy;

import java.util.Arrays;
import java.util.List;

/** WordNet and the taxonomy above the ILSVRC-2012 classes, loaded once for all tests. */
public final class Nouns {
    public static final WordNet WORDNET = WordNet.load();
    public static final Taxonomy ILSVRC = Taxonomy.over(WORDNET.dag(), Ilsvrc2012.classes());

    private Nouns() {}

    /** The node of the only class among the synsets that a lemma may mean. */
    public static int classNode(String lemma) {
        return WORDNET.findByLemma(lemma).stream()
                .map(Synset::id)
                .filter(Ilsvrc2012.classes()::contains)
                .mapToInt(ILSVRC::node)
                .sum();
    }

    public static List<String> names(List<Integer> nodes) {
        return nodes.stream().map(node -> WORDNET.get(ILSVRC.id(node)).name()).toList();
    }

    static List<SynsetId> ids(int... nodes) {
        return Arrays.stream(nodes).mapToObj(WORDNET.dag()::id).toList();
    }
}
