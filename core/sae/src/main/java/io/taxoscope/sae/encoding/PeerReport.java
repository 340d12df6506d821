package io.taxoscope.sae.encoding;

/**
 * What neighbouring tools would report for the same reconstructions. They share names, "explained variance" above all,
 * but not definitions: beside an outlier dimension or a constant error they are far apart. With {@code e = x - x̂} and
 * sums over all examples:
 *
 * @param fvu {@code sum |e|² / sum |x - mean(x)|²}: ours, saev's NMSE, Gao et al.'s normalised MSE
 * @param evLegacy mean of {@code 1 - |e|² / |x - mean(x)|²}: Prisma, and SAELens as "legacy"; one example near the mean
 *     can decide it
 * @param evSaeBench {@code 1 - mean |e|² / (mean |x|² - (mean_bd x²)²)}: SAEBench 0.6.0 and SAELens until March 2026,
 *     which square the mean of squares; depends on the activations' unit
 * @param r2Overcomplete {@code 1 - sum e² / sum (x - m)²} with one scalar mean m over all elements
 * @param fveDictionaryLearning {@code 1 - sum_d Var(e) / sum_d Var(x)}; blind to a constant error
 * @param fvuMsae mean of {@code Var_d(e) / Var_d(x)}, variances over an example's elements, examples whose elements are
 *     all equal left out; blind to an error that is the same in all elements
 * @param nmseOpenai mean of {@code |e|² / |x|²}, zero examples left out
 * @param nmseMsae {@code sum |e|² / sum |x|²}
 * @param mse {@code sum |e|²} over all elements, their mean
 * @param cosinePrisma mean over elements of the cosine of an element's values in all inputs and in all reconstructions:
 *     Prisma takes the cosine along the examples, not along the vector; here over the whole set instead of a batch
 * @param zeroFractionMsae share of codes that are 0, which MSAE calls L0
 * @param hoyer mean of {@code (sqrt(m) - |z|_1 / |z|_2) / (sqrt(m) - 1)} (Hoyer 2004) over examples with a code; 1 for
 *     one active latent; NaN for an SAE of one latent
 */
public record PeerReport(
        double fvu,
        double evLegacy,
        double evSaeBench,
        double r2Overcomplete,
        double fveDictionaryLearning,
        double fvuMsae,
        double nmseOpenai,
        double nmseMsae,
        double mse,
        double cosinePrisma,
        double zeroFractionMsae,
        double hoyer) {}
