package io.taxoscope.api.taxonomy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hierarchy scores of one SAE on one dataset. Every aggregate stands beside its chance level for the same {@code topK},
 * number of eligible latents and label histogram, and beside the same number under permuted labels.
 *
 * @param nLatents latents in all
 * @param nActiveLatents latents that fire at all
 * @param nEligible latents that fire on at least {@code topK} examples
 * @param nClasses classes of the dataset
 * @param nNodes synsets on or above them
 * @param lchHeight longest way from the lowest common hypernym of a latent's top images down to a class
 * @param robustLchHeight the same for the lowest synset that covers {@code robustShare} of the images
 * @param coverage which synsets some latent's LCH reaches
 * @param bestSynsetF1 F1 of a latent's best synset: chosen on one half of the examples, reported on the other
 * @param classEntropy entropy (nats) of a latent's activation mass over classes; its chance level is {@code permuted}
 * @param notes what a reader must know before using the numbers, such as why no latent is eligible
 */
public record HierarchyReport(
        int topK,
        int nLatents,
        int nActiveLatents,
        int nEligible,
        long nExamples,
        int nClasses,
        int nNodes,
        Score lchHeight,
        Score robustLchHeight,
        Coverage coverage,
        Score bestSynsetF1,
        Score classEntropy,
        List<String> notes) {

    /**
     * One number over the eligible latents. Means are absent when no latent is eligible.
     *
     * @param ciLow lower end of the 95 % bootstrap interval of the mean
     * @param chance expected mean when every latent's images are drawn at random from the dataset
     * @param chanceSd standard deviation of one latent's score under such draws
     * @param permuted the mean under permuted labels; absent when not asked for
     * @param histogram distribution over eligible latents
     */
    public record Score(
            @Nullable Double mean,
            @Nullable Double median,
            @Nullable Double ciLow,
            @Nullable Double ciHigh,
            @Nullable Double chance,
            @Nullable Double chanceSd,
            @Nullable Double permuted,
            List<Bin> histogram) {}

    /** Latents whose score is at least {@code from} and below {@code to} (the last bin includes its end). */
    public record Bin(double from, double to, long count) {}

    /**
     * Ontological Coverage under each denominator.
     *
     * @param all over every synset of the taxonomy above the dataset
     * @param internal over those that are no class
     * @param reachable over those that can be an LCH at all: the fair ceiling is 1
     * @param classes over the classes alone
     * @param byDepth over reachable synsets, by greatest depth from the root
     */
    public record Coverage(Share all, Share internal, Share reachable, Share classes, List<DepthShare> byDepth) {}

    /**
     * @param covered synsets reached
     * @param denominator synsets that count
     * @param value covered / denominator
     * @param chance expected value for as many random latents
     * @param permuted value under permuted labels; absent when not asked for
     */
    public record Share(
            int covered,
            int denominator,
            double value,
            @Nullable Double chance,
            @Nullable Double permuted) {}

    public record DepthShare(int depth, int covered, int denominator) {}
}
