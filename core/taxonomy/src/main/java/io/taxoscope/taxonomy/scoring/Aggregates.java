package io.taxoscope.taxonomy.scoring;

import io.taxoscope.taxonomy.Taxonomy;
import io.taxoscope.taxonomy.scoring.LayerReport.Histogram;
import io.taxoscope.taxonomy.scoring.LayerReport.Score;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Every measure over the eligible latents: mean, median, interval, histogram, beside chance and permuted labels. */
final class Aggregates {
    private static final int BINS = 20;

    private final Taxonomy taxonomy;
    private final Labels labels;
    private final ScoringSpec spec;
    private final ScoredLatents latents;
    private final List<ScoredLatents> permuted;

    Aggregates(Frame frame, Labels labels, ScoredLatents latents, List<ScoredLatents> permuted) {
        this.taxonomy = frame.taxonomy();
        this.labels = labels;
        this.spec = frame.spec();
        this.latents = latents;
        this.permuted = permuted;
    }

    Map<Measure, Score> of(Map<Measure, Chance.Level> chance) {
        double[][] columns =
                Arrays.stream(Measure.values()).map(latents::eligible).toArray(double[][]::new);
        double[][] means = columns[0].length == 0 ? columns : Bootstrap.means(columns, spec);
        var scores = new EnumMap<Measure, Score>(Measure.class);
        var measures = Measure.values();
        for (int i = 0; i < measures.length; i++) {
            scores.put(
                    measures[i],
                    score(
                            measures[i],
                            Statistics.present(columns[i]),
                            Statistics.present(means[i]),
                            chance.get(measures[i])));
        }
        return scores;
    }

    private Score score(Measure measure, double[] values, double[] means, Chance.@Nullable Level chance) {
        Double chanceMean = chance == null ? null : chance.mean();
        Double chanceSd = chance == null ? null : chance.deviation();
        var histogram = histogram(measure, values);
        if (values.length == 0) {
            return new Score(null, null, null, null, chanceMean, chanceSd, null, histogram);
        }
        return new Score(
                Statistics.mean(values),
                Statistics.quantile(values, 0.5),
                means.length == 0 ? null : Statistics.quantile(means, 0.025),
                means.length == 0 ? null : Statistics.quantile(means, 0.975),
                chanceMean,
                chanceSd,
                permutedMean(measure),
                histogram);
    }

    private @Nullable Double permutedMean(Measure measure) {
        double[] means = permuted.stream()
                .map(shuffled -> Statistics.present(shuffled.eligible(measure)))
                .filter(values -> values.length > 0)
                .mapToDouble(Statistics::mean)
                .toArray();
        return means.length == 0 ? null : Statistics.mean(means);
    }

    /** Bounds depend on the dataset alone, so that histograms of different SAEs can be laid over each other. */
    private Histogram histogram(Measure measure, double[] values) {
        int levels = taxonomy.height(taxonomy.dag().root()) + 1;
        return switch (measure) {
            case LCH_HEIGHT, ROBUST_LCH_HEIGHT, LCH_SHORTEST_HEIGHT -> histogram(values, 0, levels, levels);
            case LCH_DEPTH -> histogram(values, 0, deepest() + 1, deepest() + 1);
            case MCC -> histogram(values, -1, 1, BINS);
            case LIFT -> histogram(values, 0, mostLift(), BINS);
            case ENTROPY -> histogram(values, 0, Math.log(taxonomy.nClasses()), BINS);
            case EFFECTIVE_CLASSES -> histogram(values, 0, taxonomy.nClasses(), BINS);
            case F1,
                    AP,
                    AUROC,
                    PRECISION,
                    RECALL,
                    PURITY,
                    CLASS_PURITY,
                    Q_VALUE,
                    LCH_NORMALISED_HEIGHT,
                    LIN_COHERENCE,
                    WU_PALMER_COHERENCE,
                    LIN_CLASS_COHERENCE,
                    WU_PALMER_CLASS_COHERENCE,
                    NORMALISED_ENTROPY -> histogram(values, 0, 1, BINS);
        };
    }

    private int deepest() {
        return IntStream.range(0, taxonomy.nNodes())
                .map(taxonomy.dag()::maxDepth)
                .max()
                .orElse(0);
    }

    /** That of a latent which fires on the rarest class alone. */
    private double mostLift() {
        double rarest = IntStream.range(0, taxonomy.nClasses())
                .map(c -> labels.below(Labels.REPORT, taxonomy.classNode(c)))
                .filter(count -> count > 0)
                .min()
                .orElse(1);
        return labels.inHalf(Labels.REPORT) / rarest;
    }

    private static Histogram histogram(double[] values, double from, double to, int nBins) {
        var counts = new Integer[nBins];
        Arrays.fill(counts, 0);
        for (double value : values) {
            counts[Math.clamp((int) ((value - from) / (to - from) * nBins), 0, nBins - 1)]++;
        }
        return new Histogram(from, to, List.of(counts));
    }
}
