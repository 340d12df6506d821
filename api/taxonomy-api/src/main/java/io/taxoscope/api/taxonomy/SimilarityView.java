package io.taxoscope.api.taxonomy;

import org.jspecify.annotations.Nullable;

/**
 * Similarities of two synsets (docs/metrics.md has the formulas).
 *
 * @param path 1 / (1 + length of the shortest way over hypernyms)
 * @param wuPalmer 2 d / (l_a + l_b) with depths counted as NLTK does
 * @param resnik information content of the most informative common hypernym; absent when it covers no class
 * @param lin 2 IC(lcs) / (IC(a) + IC(b)); absent likewise
 */
public record SimilarityView(
        String a,
        String b,
        double path,
        double wuPalmer,
        @Nullable Double resnik,
        @Nullable Double lin) {}
