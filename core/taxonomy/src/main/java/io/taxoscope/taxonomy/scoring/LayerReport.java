package io.taxoscope.taxonomy.scoring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores of all latents together, each beside its chance level and its control.
 *
 * @param nActiveLatents latents that fire at all
 * @param nEligible latents that fire on at least {@code topK} examples
 * @param notes what a reader must know before using the numbers
 */
public record LayerReport(
        int nLatents,
        int nActiveLatents,
        int nEligible,
        int nExamples,
        int nClasses,
        int nNodes,
        Score lchHeight,
        Score robustLchHeight,
        Coverage coverage,
        Score bestSynsetF1,
        Score classEntropy,
        List<String> notes) {
    public LayerReport {
        notes = List.copyOf(notes);
    }

    /**
     * One number over the eligible latents; all absent when there are none.
     *
     * @param ciLow lower end of the 95 % bootstrap interval of the mean
     * @param chance expected mean for random examples
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
            List<Bin> histogram) {}

    /** Scores from {@code from} to below {@code to}; the last bin holds its end too. */
    public record Bin(double from, double to, int count) {}

    /** Ontological Coverage under each denominator. */
    public record Coverage(Share all, Share internal, Share reachable, Share classes, List<DepthShare> byDepth) {}

    /**
     * @param chance expected value for as many random latents
     * @param permuted value under permuted labels
     */
    public record Share(
            int covered,
            int denominator,
            double value,
            @Nullable Double chance,
            @Nullable Double permuted) {}

    /** Reachable nodes of one greatest depth. */
    public record DepthShare(int depth, int covered, int denominator) {}
}
