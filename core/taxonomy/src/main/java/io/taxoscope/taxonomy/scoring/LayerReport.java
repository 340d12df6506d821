package io.taxoscope.taxonomy.scoring;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scores of all latents together, each beside its chance level and its control.
 *
 * @param nActiveLatents latents that fire at all
 * @param nEligible latents that fire on at least {@code topK} examples
 * @param scores an aggregate for each measure
 * @param entropyProfile mean entropy after cutting the hierarchy at each depth, from the root on
 * @param notes what a reader must know before using the numbers
 */
public record LayerReport(
        int nLatents,
        int nActiveLatents,
        int nEligible,
        int nExamples,
        int nClasses,
        int nNodes,
        Map<Measure, Score> scores,
        Coverage coverage,
        List<CoverageAt> coverageAt,
        List<DepthEntropy> entropyProfile,
        Significance significance,
        List<String> notes) {
    public LayerReport {
        scores = Map.copyOf(scores);
        coverageAt = List.copyOf(coverageAt);
        entropyProfile = List.copyOf(entropyProfile);
        notes = List.copyOf(notes);
    }

    public Score score(Measure measure) {
        var score = scores.get(measure);
        if (score == null) {
            throw new IllegalArgumentException("no aggregate of " + measure);
        }
        return score;
    }

    /**
     * One number over the eligible latents; all absent when there are none.
     *
     * @param ciLow lower end of the 95 % bootstrap interval of the mean
     * @param chance expected mean for random examples; absent where only permuted labels tell it
     * @param chanceSd standard deviation of one latent's score for random examples
     * @param permuted mean under permuted labels
     */
    public record Score(
            @Nullable Double mean,
            @Nullable Double median,
            @Nullable Double ciLow,
            @Nullable Double ciHigh,
            @Nullable Double chance,
            @Nullable Double chanceSd,
            @Nullable Double permuted,
            Histogram histogram) {}

    /** Counts in bins of equal width; the last bin holds its end too. */
    public record Histogram(double from, double to, List<Integer> counts) {}

    /** Ontological Coverage under each denominator. */
    public record Coverage(Shares total, List<DepthShares> byDepth, Shares ancestorClosed) {}

    /** One coverage under each denominator. */
    public record Shares(Share all, Share internal, Share reachable, Share classes) {}

    /**
     * @param value 0 when nothing counts
     * @param chance expected value for as many random latents
     * @param permuted value under permuted labels
     */
    public record Share(
            int covered,
            int denominator,
            double value,
            @Nullable Double chance,
            @Nullable Double permuted) {}

    /** The nodes of one greatest depth. */
    public record DepthShares(int depth, Shares shares) {}

    /** Nodes whose best latent, chosen on the selection half, reaches {@code tau} on the other. */
    public record CoverageAt(Criterion criterion, double tau, Shares shares) {}

    public record DepthEntropy(
            int depth, @Nullable Double mean, @Nullable Double permuted) {}

    /**
     * Best synsets with a q-value of at most {@code level}.
     *
     * @param nTests pairs of an eligible latent and a reachable node
     */
    public record Significance(double level, long nTests, Map<Criterion, Significant> latents) {}

    /** @param permuted their number under permuted labels */
    public record Significant(int count, @Nullable Double permuted) {}
}
