package io.taxoscope.api.taxonomy;

/** By what a latent's best synset is chosen on the selection half. */
public enum Criterion {
    F1,
    AP,
    AUROC,
    MCC,
    /** Among synsets with enough hits on the selection half: lift alone prefers what was met once. */
    LIFT
}
