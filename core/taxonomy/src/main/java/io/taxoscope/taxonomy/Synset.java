package io.taxoscope.taxonomy;

import java.util.List;

/**
 * A meaning that WordNet knows: the words for it and its place among the others.
 *
 * @param lemmas words for it in WordNet's order, with spaces as underscores
 * @param gloss definition and example sentences
 * @param minDepth length of the shortest way from the root
 * @param maxDepth length of the longest way from the root
 * @param parents hypernyms and instance hypernyms
 * @param children hyponyms and instance hyponyms
 */
public record Synset(
        SynsetId id,
        List<String> lemmas,
        String gloss,
        int minDepth,
        int maxDepth,
        List<SynsetId> parents,
        List<SynsetId> children) {
    public Synset {
        lemmas = List.copyOf(lemmas);
        parents = List.copyOf(parents);
        children = List.copyOf(children);
    }

    /** The first lemma; not unique: {@code crane} is a bird and a machine. */
    public String name() {
        return lemmas.getFirst();
    }
}
