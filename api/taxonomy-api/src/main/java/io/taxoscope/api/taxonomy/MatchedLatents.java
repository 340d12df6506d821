package io.taxoscope.api.taxonomy;

import org.jspecify.annotations.Nullable;

/**
 * A latent of the first side and its counterpart in the second.
 *
 * @param similarity cosine of the directions (SEEDS) or Jaccard index of the firing examples (LAYERS)
 * @param phi correlation of firing; LAYERS only
 * @param isReciprocal whether the counterpart's own counterpart is this latent; LAYERS only
 * @param nBoth examples on which both fire
 * @param relation how the two synsets stand to each other; absent unless both latents stand for one
 */
public record MatchedLatents(
        int first,
        int second,
        double similarity,
        @Nullable Double phi,
        @Nullable Boolean isReciprocal,
        int nFirst,
        int nSecond,
        int nBoth,
        @Nullable SynsetName firstSynset,
        @Nullable SynsetName secondSynset,
        @Nullable Double firstF1,
        @Nullable Double secondF1,
        @Nullable Relation relation,
        @Nullable Double lin) {

    /** Where the second side's synset lies, seen from the first's. */
    public enum Relation {
        SAME,
        ABOVE,
        BELOW,
        APART
    }

    /** Orders of a list of matches; matches without the number come last, ties go to the lower first latent. */
    public enum Sort {
        /** Most alike first. */
        SIMILARITY,
        /** Lin similarity of the synsets, highest first. */
        LIN,
        FIRST,
        SECOND
    }
}
