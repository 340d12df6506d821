package io.taxoscope.api.taxonomy;

/** Orders of a list of latents; ties go to the lower latent. */
public enum FeatureSort {
    /** Held-out F1 of the best synset, highest first. */
    F1,
    /** LCH height, lowest first. */
    LCH_HEIGHT,
    /** Robust LCH height, lowest first. */
    ROBUST_LCH_HEIGHT,
    /** Class entropy, lowest first. */
    ENTROPY,
    /** Share of examples that activate the latent, highest first. */
    DENSITY,
    /** Number of the latent. */
    LATENT
}
