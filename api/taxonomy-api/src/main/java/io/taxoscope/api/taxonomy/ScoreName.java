package io.taxoscope.api.taxonomy;

/**
 * The scores of a latent. Each has a value for every latent that has it, an aggregate in the layer's report, an order and
 * a filter for lists of latents, and a column in exports. Definitions: docs/metrics.md.
 */
public enum ScoreName {
    /** Longest way from the lowest common hypernym of the top images down to a class. */
    LCH_HEIGHT(Telling.LOW),
    /** The same for the lowest synset that covers the robust share of the top images. */
    ROBUST_LCH_HEIGHT(Telling.LOW),
    /** LCH height over the height of the root: 0 for a class, 1 for the root. */
    LCH_NORMALISED_HEIGHT(Telling.LOW),
    /** Shortest way from the LCH down to a class. */
    LCH_SHORTEST_HEIGHT(Telling.LOW),
    /** Longest way from the root down to the LCH. */
    LCH_DEPTH(Telling.HIGH),
    /** F1 of the synset chosen by F1; like all scores of a chosen synset, on the half that did not choose it. */
    F1(Telling.HIGH),
    /** Average precision of the synset chosen by average precision. */
    AP(Telling.HIGH),
    /** Area under the ROC curve of the synset chosen by it. */
    AUROC(Telling.HIGH),
    /** Matthews correlation of firing and being below the synset chosen by it. */
    MCC(Telling.HIGH),
    /** Lift of the synset chosen by lift among those with enough support. */
    LIFT(Telling.HIGH),
    /** Precision of the synset chosen by F1. */
    PRECISION(Telling.HIGH),
    /** Recall of the synset chosen by F1. */
    RECALL(Telling.HIGH),
    /** Share of the top images below the synset chosen by F1. */
    PURITY(Telling.HIGH),
    /** Share of the top images that show their most frequent class. */
    CLASS_PURITY(Telling.HIGH),
    /** False discovery rate at which the synset chosen by F1 is significant. */
    Q_VALUE(Telling.LOW),
    /** Activation-weighted mean Lin similarity of two different top images. */
    LIN_COHERENCE(Telling.HIGH),
    /** Activation-weighted mean Wu-Palmer similarity of two different top images. */
    WU_PALMER_COHERENCE(Telling.HIGH),
    /** Activation-weighted mean Lin similarity of two different images among all that activate the latent. */
    LIN_CLASS_COHERENCE(Telling.HIGH),
    /** Activation-weighted mean Wu-Palmer similarity of two different images among all that activate the latent. */
    WU_PALMER_CLASS_COHERENCE(Telling.HIGH),
    /** Entropy (nats) of the activation mass over classes; absent when active on fewer than ten images. */
    ENTROPY(Telling.LOW),
    /** Entropy over {@code ln(classes)}: 0 for one class, 1 for all alike. */
    NORMALISED_ENTROPY(Telling.LOW),
    /** {@code e^ENTROPY}: as many equally strong classes have this entropy. */
    EFFECTIVE_CLASSES(Telling.LOW);

    private enum Telling {
        LOW,
        HIGH
    }

    private final Telling telling;

    ScoreName(Telling telling) {
        this.telling = telling;
    }

    /** Whether a low value is the more telling one, so that an order starts with it. */
    public boolean lowFirst() {
        return telling == Telling.LOW;
    }
}
