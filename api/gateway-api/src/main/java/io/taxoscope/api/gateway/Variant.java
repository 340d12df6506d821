package io.taxoscope.api.gateway;

/** Which dictionary of a layer is meant. All are encoded and scored alike, so that their scores can be compared. */
public enum Variant {
    /** The SAE that the experiment is about. */
    TRAINED,
    /** Same shape, initial weights: what the architecture gives without learning. */
    UNTRAINED,
    /** The layer's neurons and their negatives, standardised: what the layer gives without a dictionary. */
    NEURONS,
    /** Its principal directions and their negatives, whitened: what a linear method gives. */
    PCA,
    /** Trained like the first, with {@code seed + 1}: what another run gives. */
    SECOND_SEED,
    /** The trained SAE as it was at an earlier step of its training. */
    CHECKPOINT
}
