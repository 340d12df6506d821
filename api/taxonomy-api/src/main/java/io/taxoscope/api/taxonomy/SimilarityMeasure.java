package io.taxoscope.api.taxonomy;

/** Similarities of two nodes; docs/metrics.md has the formulas. */
public enum SimilarityMeasure {
    PATH,
    LEACOCK_CHODOROW,
    WU_PALMER,
    WU_PALMER_NLTK,
    RESNIK,
    LIN,
    JIANG_CONRATH
}
