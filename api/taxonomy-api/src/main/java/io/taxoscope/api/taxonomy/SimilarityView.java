package io.taxoscope.api.taxonomy;

import org.jspecify.annotations.Nullable;

/**
 * Similarities of two synsets (docs/metrics.md has the formulas, and where they differ from NLTK's).
 *
 * @param path 1 / (1 + length of the shortest way over hypernyms)
 * @param leacockChodorow -ln of that length plus one over twice the depth of the taxonomy
 * @param wuPalmer 2 d / (l_a + l_b); the common hypernym is the one of greatest maximum depth
 * @param wuPalmerNltk the same as NLTK has it: greatest minimum depth, ties by name, detours allowed
 * @param resnik information content of the most informative common hypernym; absent when none has any
 * @param lin 2 IC(lcs) / (IC(a) + IC(b)); absent when one of the two has no information content
 * @param jiangConrath 1 / (IC(a) + IC(b) - 2 IC(lcs)); absent likewise, and when it is infinite
 */
public record SimilarityView(
        String a,
        String b,
        double path,
        double leacockChodorow,
        double wuPalmer,
        double wuPalmerNltk,
        @Nullable Double resnik,
        @Nullable Double lin,
        @Nullable Double jiangConrath) {}
