package io.taxoscope.api.sae;

import io.taxoscope.api.JobView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param snapshot step of the training whose weights encoded; absent for the finished ones
 * @param codes hash of the codes' manifest in the store, once done
 * @param report numbers over the encoded set, once done
 */
public record EncodingView(
        String id,
        JobView job,
        String saeId,
        String shardSet,
        @Nullable Integer snapshot,
        @Nullable String codes,
        @Nullable Report report) {

    /**
     * Numbers over the whole encoded set; sums are kept in float64 (docs/metrics.md has the formulas).
     *
     * @param nExamples size of the set that every number here is over
     * @param fvu sum of squared errors over sum of squared distances from the set's mean vector
     * @param nmseUncentred mean of squared error over squared norm (the openai form)
     * @param fveDictionaryLearning 1 - sum of variances of the error over sum of variances of the input
     * @param cosine mean cosine of input and reconstruction
     * @param l2Ratio mean norm of the reconstruction over the norm of the input
     * @param relativeReconstructionBias mean squared norm of the reconstruction over mean dot product; below 1 shrinks
     * @param l0 mean number of active latents
     * @param deadFraction latents that no example of this set activates
     * @param denseFraction latents active on more than a tenth of the set
     * @param log10Density histogram of log10 of the share of examples that activate a latent, dead ones left out
     */
    public record Report(
            long nExamples,
            int width,
            double fvu,
            double nmseUncentred,
            double fveDictionaryLearning,
            double cosine,
            double l2Ratio,
            double relativeReconstructionBias,
            double l0,
            double deadFraction,
            double denseFraction,
            Histogram log10Density) {}

    /** @param edges bin edges, one more than there are counts */
    public record Histogram(List<Double> edges, List<Long> counts) {}
}
