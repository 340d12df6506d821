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
     * @param rareFraction latents that some, but less than one in 10,000 examples activate; absent in reports made before
     *     it was counted
     * @param peers what other tools would report for the same reconstructions; absent in reports made before
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
            @Nullable Double rareFraction,
            Histogram log10Density,
            @Nullable Peers peers) {}

    /**
     * The same reconstructions under the names and definitions of other tools, wrong ones included, so that numbers can be
     * compared with any paper (docs/metrics.md has the formulas). A number is absent where it is not defined.
     *
     * @param fvu saev's NMSE and the normalised MSE of Gao et al.; ours
     * @param evLegacy mean over examples of 1 - squared error over squared distance from the mean: Prisma, and SAELens as
     *     "legacy"
     * @param evSaeBench SAEBench 0.6.0 and SAELens until March 2026: takes the mean of squares for the mean, so that it
     *     depends on the activations' unit
     * @param r2Overcomplete overcomplete: distance from one scalar mean over all elements
     * @param fveDictionaryLearning dictionary_learning: blind to a constant error
     * @param fvuMsae MSAE: variances over one example's elements; blind to an error that is the same in all elements
     * @param nmseOpenai openai: mean of squared error over squared norm
     * @param nmseMsae MSAE: sum of squared errors over sum of squared norms
     * @param mse mean squared error of an element
     * @param cosinePrisma Prisma: cosine along the examples, mean over elements
     * @param zeroFractionMsae share of codes that are 0, which MSAE calls L0
     * @param hoyer Hoyer's sparsity, mean over examples with a code
     */
    public record Peers(
            @Nullable Double fvu,
            @Nullable Double evLegacy,
            @Nullable Double evSaeBench,
            @Nullable Double r2Overcomplete,
            @Nullable Double fveDictionaryLearning,
            @Nullable Double fvuMsae,
            @Nullable Double nmseOpenai,
            @Nullable Double nmseMsae,
            @Nullable Double mse,
            @Nullable Double cosinePrisma,
            double zeroFractionMsae,
            @Nullable Double hoyer) {}

    /** @param edges bin edges, one more than there are counts */
    public record Histogram(List<Double> edges, List<Long> counts) {}
}
