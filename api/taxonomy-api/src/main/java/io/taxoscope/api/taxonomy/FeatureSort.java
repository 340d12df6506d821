package io.taxoscope.api.taxonomy;

import org.jspecify.annotations.Nullable;

/** Orders of a list of latents: every score, the most telling first, and three more. Ties go to the lower latent. */
public enum FeatureSort {
    F1(ScoreName.F1),
    AP(ScoreName.AP),
    AUROC(ScoreName.AUROC),
    MCC(ScoreName.MCC),
    LIFT(ScoreName.LIFT),
    PRECISION(ScoreName.PRECISION),
    RECALL(ScoreName.RECALL),
    PURITY(ScoreName.PURITY),
    CLASS_PURITY(ScoreName.CLASS_PURITY),
    Q_VALUE(ScoreName.Q_VALUE),
    LCH_HEIGHT(ScoreName.LCH_HEIGHT),
    ROBUST_LCH_HEIGHT(ScoreName.ROBUST_LCH_HEIGHT),
    LCH_NORMALISED_HEIGHT(ScoreName.LCH_NORMALISED_HEIGHT),
    LCH_SHORTEST_HEIGHT(ScoreName.LCH_SHORTEST_HEIGHT),
    LCH_DEPTH(ScoreName.LCH_DEPTH),
    LIN_COHERENCE(ScoreName.LIN_COHERENCE),
    WU_PALMER_COHERENCE(ScoreName.WU_PALMER_COHERENCE),
    LIN_CLASS_COHERENCE(ScoreName.LIN_CLASS_COHERENCE),
    WU_PALMER_CLASS_COHERENCE(ScoreName.WU_PALMER_CLASS_COHERENCE),
    ENTROPY(ScoreName.ENTROPY),
    NORMALISED_ENTROPY(ScoreName.NORMALISED_ENTROPY),
    EFFECTIVE_CLASSES(ScoreName.EFFECTIVE_CLASSES),
    /** Share of images that activate the latent, highest first. */
    DENSITY(null),
    /** Strongest activation, highest first. */
    MAX_ACTIVATION(null),
    /** Number of the latent. */
    LATENT(null);

    private final @Nullable ScoreName score;

    FeatureSort(@Nullable ScoreName score) {
        this.score = score;
    }

    /** The score that decides; absent for the last three. */
    public @Nullable ScoreName score() {
        return score;
    }
}
