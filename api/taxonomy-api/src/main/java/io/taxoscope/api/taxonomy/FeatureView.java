package io.taxoscope.api.taxonomy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scores of one latent. The hierarchy scores are absent when it is not eligible.
 *
 * @param nActive images that activate it
 * @param density share of images that activate it
 * @param maxActivation its strongest activation
 * @param lch lowest common hypernym of its top images
 * @param robustLch lowest synset that covers the robust share of them
 * @param best synset with the best F1 on the selection half
 * @param bestBy the best synset by each of the other criteria
 * @param values every score that the latent has
 */
public record FeatureView(
        int latent,
        boolean eligible,
        long nActive,
        double density,
        double maxActivation,
        @Nullable Placement lch,
        @Nullable Placement robustLch,
        @Nullable BestSynset best,
        Map<Criterion, BestSynset> bestBy,
        Map<ScoreName, Double> values) {

    /** One of the {@link #values}; absent when the latent has none. */
    public @Nullable Double value(ScoreName score) {
        return values.get(score);
    }

    /**
     * @param height longest way down to a class of the dataset
     * @param nClasses classes of the dataset below it
     */
    public record Placement(String wnid, String name, int height, int nClasses) {}

    /**
     * A synset chosen on one half of the images. All its scores are of the other half, but for the purity.
     *
     * @param precision share of the images that activate the latent that lie below the synset
     * @param recall share of the images below the synset that activate the latent
     * @param lift precision over the synset's share of the images
     * @param mcc Matthews correlation of activating the latent and lying below the synset
     * @param ap average precision of the activation as a detector of the synset
     * @param auroc area under its ROC curve
     * @param purity share of the top images, of both halves, that lie below the synset
     * @param pValue chance that as many random images have as many below the synset, or more (hypergeometric)
     * @param qValue false discovery rate at which it is significant among all latents and synsets
     */
    public record BestSynset(
            String wnid,
            String name,
            int height,
            int nClasses,
            double precision,
            double recall,
            double f1,
            double lift,
            double mcc,
            double ap,
            double auroc,
            double purity,
            double pValue,
            double qValue) {}
}
