package io.taxoscope.api.taxonomy;

import java.util.List;
import java.util.Map;
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
 * @param scores every score over the eligible latents
 * @param coverage which synsets some latent's LCH reaches
 * @param coverageAt which synsets some latent detects well enough
 * @param entropyProfile mean entropy of the latents after cutting the tree at each depth
 * @param significance how many latents have a best synset that chance does not explain
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
        Map<ScoreName, Score> scores,
        Coverage coverage,
        List<CoverageAt> coverageAt,
        List<DepthEntropy> entropyProfile,
        Significance significance,
        List<String> notes) {

    /** The aggregate of one score; all of its numbers are absent when no latent has it. */
    public Score score(ScoreName name) {
        return scores.getOrDefault(name, Score.ABSENT);
    }

    /**
     * One number over the eligible latents. Means are absent when no latent is eligible.
     *
     * @param ciLow lower end of the 95 % bootstrap interval of the mean
     * @param chance expected mean when every latent's images are random; absent where only permuted labels tell it
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
            Histogram histogram) {
        static final Score ABSENT = new Score(null, null, null, null, null, null, null, new Histogram(0, 1, List.of()));
    }

    /** Latents in bins of equal width that divide {@code from} to {@code to}; the last bin includes its end. */
    public record Histogram(double from, double to, List<Integer> counts) {}

    /**
     * Ontological Coverage under each denominator.
     *
     * @param all over every synset of the taxonomy above the dataset
     * @param internal over those that are no class
     * @param reachable over those that can be an LCH at all: the fair ceiling is 1
     * @param classes over the classes alone
     * @param byDepth the same, by greatest depth from the root
     * @param ancestorClosed the same, counting whatever lies on or above a covered synset: easily high, so never the
     *     headline
     */
    public record Coverage(
            Share all,
            Share internal,
            Share reachable,
            Share classes,
            List<DepthShares> byDepth,
            Shares ancestorClosed) {}

    /** One coverage under each denominator. */
    public record Shares(Share all, Share internal, Share reachable, Share classes) {}

    /**
     * @param covered synsets reached
     * @param denominator synsets that count
     * @param value covered / denominator; 0 when none counts
     * @param chance expected value for as many random latents; absent where only permuted labels tell it
     * @param permuted value under permuted labels; absent when not asked for
     */
    public record Share(
            int covered,
            int denominator,
            double value,
            @Nullable Double chance,
            @Nullable Double permuted) {}

    public record DepthShares(int depth, Shares shares) {}

    /**
     * Coverage@tau: synsets for which the latent that detects them best on the selection half reaches {@code tau} on the
     * other.
     *
     * @param criterion F1 or AP
     */
    public record CoverageAt(Criterion criterion, double tau, Shares shares) {}

    /**
     * @param mean entropy in nats of the activation mass over the synsets at this depth, mean over latents
     * @param permuted the same under permuted labels
     */
    public record DepthEntropy(
            int depth, @Nullable Double mean, @Nullable Double permuted) {}

    /**
     * Best synsets with a q-value of at most {@code level}.
     *
     * @param nTests pairs of an eligible latent and a reachable synset, among which false discoveries are controlled
     * @param latents how many latents have one, by each criterion
     */
    public record Significance(double level, long nTests, Map<Criterion, Significant> latents) {}

    /** @param permuted how many there are under permuted labels, mean over permutations */
    public record Significant(int count, @Nullable Double permuted) {}
}
