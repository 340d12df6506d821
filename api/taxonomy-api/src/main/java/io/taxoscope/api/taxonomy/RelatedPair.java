package io.taxoscope.api.taxonomy;

import org.jspecify.annotations.Nullable;

/**
 * Two latents, the synset of one above that of the other. Counts are over the report half.
 *
 * @param isDirect no other latent's synset lies between
 * @param nParent examples on which the parent fires
 * @param lift P(parent | child) over P(parent)
 * @param cosine of their directions; absent without SAE weights
 * @param stepCosine of the parent's direction and the way from it to the child's
 */
public record RelatedPair(
        int parent,
        int child,
        SynsetName parentSynset,
        SynsetName childSynset,
        boolean isDirect,
        int nParent,
        int nChild,
        int nBoth,
        double parentGivenChild,
        double childGivenParent,
        double lift,
        @Nullable Double cosine,
        @Nullable Double stepCosine,
        @Nullable Double whitenedCosine,
        @Nullable Double whitenedStepCosine) {

    /** Orders of a list of pairs; ties go to the lower parent, then to the lower child. */
    public enum Sort {
        /** P(parent | child), highest first. */
        PARENT_GIVEN_CHILD,
        /** P(child | parent), highest first. */
        CHILD_GIVEN_PARENT,
        /** Lift, highest first. */
        LIFT,
        /** Cosine of the directions, highest first. */
        COSINE,
        /** Examples on which both fire, most first. */
        SUPPORT,
        /** Number of the parent, then of the child. */
        LATENT
    }
}
