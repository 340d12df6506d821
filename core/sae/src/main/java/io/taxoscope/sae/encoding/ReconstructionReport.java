package io.taxoscope.sae.encoding;

/**
 * How well an SAE reconstructs a set and how sparsely, all over the same whole set. With {@code e = x - x̂}:
 *
 * @param fvu {@code sum |e|² / sum |x - mean(x)|²}, the fraction of variance unexplained
 * @param nmseUncentred mean of {@code |e|² / |x|²}
 * @param fveDictionaryLearning {@code 1 - sum_d Var(e) / sum_d Var(x)}; blind to a constant error
 * @param cosine mean cosine of x and x̂
 * @param l2Ratio mean of {@code |x̂| / |x|}
 * @param relativeReconstructionBias mean of {@code |x̂|²} over mean of {@code x . x̂}; below 1 shrinks
 * @param l0 mean number of active latents
 * @param deadFraction latents that no example activates
 * @param denseFraction latents that more than a tenth of the examples activate
 * @param rareFraction latents that some, but less than one in 10,000 examples activate; 0 for sets of fewer examples
 * @param log10Density how the shares of examples that activate a latent are spread, dead latents left out
 */
public record ReconstructionReport(
        long nExamples,
        double fvu,
        double nmseUncentred,
        double fveDictionaryLearning,
        double cosine,
        double l2Ratio,
        double relativeReconstructionBias,
        double l0,
        double deadFraction,
        double denseFraction,
        double rareFraction,
        Histogram log10Density) {}
