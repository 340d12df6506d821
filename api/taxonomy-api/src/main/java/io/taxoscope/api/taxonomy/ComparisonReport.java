package io.taxoscope.api.taxonomy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of one dictionary is found in another.
 *
 * @param nFirst latents of the first side that take part
 * @param nMatched latents of the first side with a counterpart
 * @param similarity of latents and counterparts. SEEDS: cosine of the directions (the stability s), the control deals the
 *     coordinates of the second side anew. LAYERS: Jaccard index of the firing examples, the control deals the second
 *     side's examples anew
 * @param phi correlation of firing; LAYERS only
 * @param reciprocal share of counterparts whose own counterpart is the latent again; LAYERS only
 * @param nAssigned matches with a synset at either end; the next three are over them, and their controls, which are
 *     exact, deal the second side's synsets anew
 * @param sameSynset share with the same synset at both ends
 * @param relatedSynset share with the same synset, or one above the other
 * @param lin Lin similarity of the two synsets
 */
public record ComparisonReport(
        int nExamples,
        int nFirst,
        int nSecond,
        int nMatched,
        ControlledMean similarity,
        @Nullable ControlledMean phi,
        @Nullable ControlledMean reciprocal,
        int nAssigned,
        ControlledMean sameSynset,
        ControlledMean relatedSynset,
        ControlledMean lin,
        List<String> notes) {}
