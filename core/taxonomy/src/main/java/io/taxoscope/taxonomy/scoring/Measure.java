package io.taxoscope.taxonomy.scoring;

/** The scores of a latent; docs/metrics.md defines each. */
public enum Measure {
    LCH_HEIGHT,
    ROBUST_LCH_HEIGHT,
    LCH_NORMALISED_HEIGHT,
    LCH_SHORTEST_HEIGHT,
    LCH_DEPTH,
    F1,
    AP,
    AUROC,
    MCC,
    LIFT,
    PRECISION,
    RECALL,
    PURITY,
    CLASS_PURITY,
    Q_VALUE,
    LIN_COHERENCE,
    WU_PALMER_COHERENCE,
    LIN_CLASS_COHERENCE,
    WU_PALMER_CLASS_COHERENCE,
    ENTROPY,
    NORMALISED_ENTROPY,
    EFFECTIVE_CLASSES
}
