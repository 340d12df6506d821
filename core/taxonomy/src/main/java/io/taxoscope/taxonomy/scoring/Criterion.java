package io.taxoscope.taxonomy.scoring;

/** By what a latent's best synset is chosen on the selection half. */
public enum Criterion {
    F1,
    AP,
    AUROC,
    MCC,
    /** Among nodes with enough hits on the selection half. */
    LIFT
}
