package io.taxoscope.api.taxonomy;

import java.util.List;

/**
 * @param wnid WordNet 3.0 offset with the prefix n, ImageNet's key
 * @param name the first lemma
 * @param minDepth shortest way from the root
 * @param maxDepth longest way from the root
 * @param parents wnids of the hypernyms
 */
public record SynsetView(
        String wnid,
        String name,
        List<String> lemmas,
        String gloss,
        int minDepth,
        int maxDepth,
        List<String> parents,
        int nChildren) {}
