package io.taxoscope.api.sae;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an architecture other than TOPK must know. Each number belongs to some architectures, is required by them (one of
 * prefixes and randomPrefixes; tanhScale is free) and refused by all others.
 *
 * @param penalty RELU and GATED: factor of the codes' sum; JUMPRELU: factor of their number, or of their tanh
 * @param tanhScale JUMPRELU: penalises {@code tanh(tanhScale z |w_dec|)} instead of the number of active latents
 * @param bandwidth JUMPRELU: width of the window about a threshold in which its gradient is estimated
 * @param initialThreshold JUMPRELU
 * @param thresholdMomentum BATCH_TOPK and MATRYOSHKA: share of a step's least code in the threshold that encodes later
 * @param prefixes MATRYOSHKA: how many first latents must reconstruct alone, ascending; the whole dictionary comes last by
 *     itself
 * @param randomPrefixes MATRYOSHKA: prefixes drawn anew in each step instead
 * @param nestedKs NESTED_TOPK: the k below {@code k} that must reconstruct as well, ascending
 * @param weighting NESTED_TOPK: how much each of them counts
 * @param targetL0 JUMPRELU: penalises {@code (L0 / targetL0 - 1)²} instead of the number of active latents
 * @param estimateReachesEncoder JUMPRELU: lets the threshold's estimated gradient reach the encoder too; absent for no
 * @param preActivation JUMPRELU: pulls dead latents back to their thresholds; absent for none
 * @param hierarchy HIERARCHICAL: what is below a parent
 * @param keepsNegatives TOPK: selects by the pre-activations as they are, so that codes may be negative; absent for no
 * @param directThreshold JUMPRELU: trains the threshold itself instead of its logarithm; absent for no
 */
public record Sparsity(
        @Nullable @Positive Double penalty,
        @Nullable @Positive Double tanhScale,
        @Nullable @Positive Double bandwidth,
        @Nullable @Positive Double initialThreshold,
        @Nullable @Positive @DecimalMax("1") Double thresholdMomentum,
        @Nullable @Size(min = 1, max = 63) List<@NotNull @Positive Integer> prefixes,
        @Nullable @Valid RandomPrefixes randomPrefixes,
        @Nullable @Size(min = 1, max = 63) List<@NotNull @Positive Integer> nestedKs,
        @Nullable Weighting weighting,
        @Nullable @Positive Double targetL0,
        @Nullable Boolean estimateReachesEncoder,
        @Nullable @Valid PreActivation preActivation,
        @Nullable @Valid Hierarchy hierarchy,
        @Nullable Boolean keepsNegatives,
        @Nullable Boolean directThreshold) {
    public static final Sparsity NONE = new Sparsity(null, null, null, null, null, null, null, null, null);

    /** Without TOPK's option, and with the logarithm of JUMPRELU's threshold trained. */
    public Sparsity(
            @Nullable Double penalty,
            @Nullable Double tanhScale,
            @Nullable Double bandwidth,
            @Nullable Double initialThreshold,
            @Nullable Double thresholdMomentum,
            @Nullable List<Integer> prefixes,
            @Nullable RandomPrefixes randomPrefixes,
            @Nullable List<Integer> nestedKs,
            @Nullable Weighting weighting,
            @Nullable Double targetL0,
            @Nullable Boolean estimateReachesEncoder,
            @Nullable PreActivation preActivation,
            @Nullable Hierarchy hierarchy) {
        this(
                penalty,
                tanhScale,
                bandwidth,
                initialThreshold,
                thresholdMomentum,
                prefixes,
                randomPrefixes,
                nestedKs,
                weighting,
                targetL0,
                estimateReachesEncoder,
                preActivation,
                hierarchy,
                null,
                null);
    }

    /** Without JUMPRELU's options and a hierarchy. */
    public Sparsity(
            @Nullable Double penalty,
            @Nullable Double tanhScale,
            @Nullable Double bandwidth,
            @Nullable Double initialThreshold,
            @Nullable Double thresholdMomentum,
            @Nullable List<Integer> prefixes,
            @Nullable RandomPrefixes randomPrefixes,
            @Nullable List<Integer> nestedKs,
            @Nullable Weighting weighting) {
        this(
                penalty,
                tanhScale,
                bandwidth,
                initialThreshold,
                thresholdMomentum,
                prefixes,
                randomPrefixes,
                nestedKs,
                weighting,
                null,
                null,
                null,
                null);
    }

    /** Of a HIERARCHICAL SAE. */
    public static Sparsity hierarchy(Hierarchy hierarchy) {
        return new Sparsity(null, null, null, null, null, null, null, null, null, null, null, null, hierarchy);
    }

    /** Of a TOPK SAE without a ReLU. */
    public static Sparsity signed() {
        return new Sparsity(null, null, null, null, null, null, null, null, null, null, null, null, null, true, null);
    }

    /** Of a BATCH_TOPK SAE. */
    public static Sparsity batch(double thresholdMomentum) {
        return new Sparsity(null, null, null, null, thresholdMomentum, null, null, null, null);
    }

    /**
     * @param count prefixes in a step, the whole dictionary among them
     * @param exponent of the Pareto law that lengths follow
     */
    public record RandomPrefixes(
            @Min(2) @Max(64) int count,
            @Positive @DecimalMax("2") double exponent) {}

    /**
     * @param coefficient factor of a dead latent's distance below its threshold
     * @param deadAfterExamples a latent is dead when silent over this many examples
     */
    public record PreActivation(
            @Positive double coefficient, @Positive long deadAfterExamples) {}

    /**
     * @param children atoms of each parent; the SAE's latents are parents and children together
     * @param subspace dimensions that a parent's children lie in
     * @param parentWeight weight of the error of the reconstruction from the parents alone
     */
    public record Hierarchy(
            @Min(2) @Max(256) int children,
            @Min(1) @Max(64) int subspace,
            @Positive double parentWeight) {}

    public enum Weighting {
        UNIFORM,
        /** The sparsest reconstruction counts most. */
        REVERSE
    }
}
