package io.taxoscope.api.taxonomy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reachable synset and the latents that mark it. Counts and scores are of the report half.
 *
 * @param nPositives examples below the synset
 * @param match absent when the synset has too few examples
 * @param absorption absent without activations and SAE weights, or too few examples
 * @param holes of the best latent that stands for the synset; absent without one, or without two child subtrees
 */
public record RelatedSynset(
        SynsetName synset,
        int height,
        int nClasses,
        int nPositives,
        @Nullable Match match,
        @Nullable Absorption absorption,
        @Nullable HoleProfile holes) {

    /**
     * @param latents as they were chosen, the best first
     * @param score F1 of their union
     */
    public record Match(List<Integer> latents, double precision, double recall, double score) {}

    /**
     * @param mainLatents those that a sparse probe picks for the synset
     * @param nTruePositives examples of the synset that the dense probe finds
     * @param probeF1 of the dense probe
     */
    public record Absorption(
            List<Integer> mainLatents,
            int nTruePositives,
            double probeF1,
            @Nullable Double full,
            @Nullable Double fraction) {}

    /**
     * @param latent the latent that stands for the synset
     * @param recall share of the synset's examples on which it fires
     * @param gap greatest less least recall among the child subtrees
     * @param holeShare share of the synset's classes with a recall below 0.1; absent when no class has enough images
     * @param holes child subtrees with a recall below 0.1
     */
    public record HoleProfile(
            int latent, double recall, double gap, @Nullable Double holeShare, List<SynsetName> holes) {}

    /** Orders of a list of synsets; synsets without the number come last, ties go to the lower wnid. */
    public enum Sort {
        /** Matching score, highest first. */
        MATCH,
        /** Full absorption, highest first. */
        FULL_ABSORPTION,
        /** Absorption fraction, highest first. */
        ABSORPTION_FRACTION,
        /** Recall gap among child subtrees, widest first. */
        GAP,
        /** Examples, most first. */
        POSITIVES,
        /** Height, highest first. */
        HEIGHT,
        WNID
    }
}
