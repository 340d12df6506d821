package io.taxoscope.api.sae;

import io.taxoscope.api.JobView;
import org.jspecify.annotations.Nullable;

/** @param report once done */
public record EvaluationView(
        String id, JobView job, String encodingId, @Nullable Report report) {

    /** @param probes absent when the examples evaluated bear fewer than two labels */
    public record Report(
            Alignment alignment,
            Dictionary dictionary,
            @Nullable Probes probes) {}

    /**
     * How alike x and another representation of the same examples are. An untrained SAE can score higher than a trained one
     * (Klotz et al. 2026): read neither without the untrained control's.
     *
     * @param neighbours of an example in CKNNA
     */
    public record Alignment(int nExamples, int neighbours, Likeness reconstruction, Likeness codes) {}

    /**
     * @param cknna CKA over mutual nearest neighbours with the unbiased HSIC (Huh et al. 2024); absent where it is not
     *     defined
     * @param cka linear CKA (Kornblith et al. 2019); absent when either side is constant
     */
    public record Likeness(@Nullable Double cknna, @Nullable Double cka) {}

    /**
     * Cosines of decoder rows; rows that are zero left out.
     *
     * @param nDirections rows that the pairs are of: all, or 16,384 spread evenly
     * @param mutualCoherence greatest |cosine| of two rows
     * @param meanAbsoluteCosine over all pairs
     * @param meanNearestCosine mean of the greatest |cosine| of each row with another
     * @param meanSquaredCosine over all pairs: MSAE's decoder orthogonality
     * @param babel greatest sum of |cosine| of one row with {@code babelOf} others
     * @param babelOf rounded L0 less one, at least one
     * @param effectiveRank of the unit rows, at most the activation's width (Roy and Vetterli 2007)
     * @param encoderAlignment mean cosine of a latent's encoder and decoder row
     */
    public record Dictionary(
            int nDirections,
            double mutualCoherence,
            double meanAbsoluteCosine,
            double meanNearestCosine,
            double meanSquaredCosine,
            double babel,
            int babelOf,
            double effectiveRank,
            double encoderAlignment) {}

    /**
     * Accuracy of ridge regression onto class indicators, learned on one half and reported on the other.
     *
     * @param nTrain examples learned from
     * @param nTest examples reported on
     * @param classes labels among those learned from
     * @param ridge penalty as a share of the mean squared length of the centred training examples
     * @param majority accuracy of always answering the most frequent class
     */
    public record Probes(
            int nTrain,
            int nTest,
            int classes,
            double ridge,
            double majority,
            Probe activations,
            Probe reconstruction,
            Probe codes) {}

    /**
     * @param accuracy share of the test half that is answered rightly; absent when the training examples are all alike
     * @param permuted the same after the training labels were dealt anew: what the probe reaches without knowing anything
     */
    public record Probe(@Nullable Double accuracy, @Nullable Double permuted) {}
}
