package io.taxoscope.api.taxonomy;

import org.jspecify.annotations.Nullable;

/**
 * Scores of one latent. The hierarchy scores are absent when it is not eligible.
 *
 * @param nActive examples that activate it
 * @param density share of examples that activate it
 * @param maxActivation its strongest activation
 * @param lch lowest common hypernym of its top images
 * @param robustLch lowest synset that covers the robust share of them
 * @param best synset with the best F1 on the selection half
 * @param classEntropy of its activation mass over classes, in nats; absent when it is active on fewer than ten examples
 * @param normalisedEntropy class entropy over {@code ln(classes)}: 0 for one class, 1 for all alike
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
        @Nullable Double classEntropy,
        @Nullable Double normalisedEntropy) {

    /**
     * @param height longest way down to a class of the dataset
     * @param nClasses classes of the dataset below it
     */
    public record Placement(String wnid, String name, int height, int nClasses) {}

    /**
     * @param precision on the half that was not used to choose the synset, like recall, f1 and lift
     * @param lift precision over the synset's share of the images
     */
    public record BestSynset(
            String wnid,
            String name,
            int height,
            int nClasses,
            double precision,
            double recall,
            double f1,
            double lift) {}
}
