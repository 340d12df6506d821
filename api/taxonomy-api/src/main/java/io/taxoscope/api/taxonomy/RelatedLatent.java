package io.taxoscope.api.taxonomy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One latent that fires. What speaks of its synset is absent when it stands for none.
 *
 * @param f1 held-out F1 of its synset
 * @param nActive examples of the report half on which it fires
 * @param hierarchicalF1 of its firings as predictions of its synset
 * @param severity mean height of the lowest common hypernym of its synset and the class, over wrong predictions
 * @param children direct children
 * @param orHamming share of the examples on which it and the union of its direct children disagree
 * @param monoSemanticity absent without embeddings, and for a latent with fewer than two unlike values
 * @param prototypeSimilarity mean cosine of its direct children's prototypes
 */
public record RelatedLatent(
        int latent,
        int nActive,
        @Nullable SynsetName synset,
        @Nullable Double f1,
        @Nullable Double hierarchicalPrecision,
        @Nullable Double hierarchicalRecall,
        @Nullable Double hierarchicalF1,
        @Nullable Double severity,
        List<Integer> children,
        @Nullable Double orHamming,
        @Nullable Double orJaccard,
        @Nullable Double gap,
        @Nullable Double holeShare,
        List<SynsetName> holes,
        @Nullable Double monoSemanticity,
        @Nullable Double prototypeSimilarity) {

    /** Orders of a list of latents; latents without the number come last, ties go to the lower latent. */
    public enum Sort {
        /** MonoSemanticity, highest first. */
        MONO_SEMANTICITY,
        /** Hierarchical F1, highest first. */
        HIERARCHICAL_F1,
        /** Severity of mistakes, least first. */
        SEVERITY,
        /** Recall gap among child subtrees, widest first. */
        GAP,
        /** Agreement with the union of the children, best first. */
        OR_JACCARD,
        /** Likeness of the children's prototypes, highest first. */
        PROTOTYPES,
        LATENT
    }
}
