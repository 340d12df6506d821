package io.taxoscope.api.taxonomy;

import org.jspecify.annotations.Nullable;

/**
 * A synset at which some latent of a scoring stands.
 *
 * @param nReaching eligible latents whose LCH it is
 * @param nMarking latents whose best synset by F1 it is
 * @param bestLatent of those, the one with the greatest held-out F1, the lower one of two alike; absent when none marks it
 * @param bestF1 its held-out F1
 */
public record ScoredSynset(
        String wnid,
        String name,
        int nReaching,
        int nMarking,
        @Nullable Integer bestLatent,
        @Nullable Double bestF1) {
    /** Orders of a list of synsets; ties go to the lower wnid. */
    public enum Sort {
        /** Most marking latents first. */
        MARKING,
        /** Most reaching latents first. */
        REACHING,
        /** Greatest F1 first; those that no latent marks last. */
        F1,
        /** By wnid. */
        WNID
    }
}
