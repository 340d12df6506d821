package io.taxoscope.taxonomy.scoring;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Scores of one latent; nodes are those of the taxonomy.
 *
 * @param nActive examples with a value above 0
 * @param maxActivation its strongest value; 0 when silent
 * @param eligible whether it is active on at least {@code topK} examples; without it there is neither LCH nor best
 *     synset
 * @param best the best synset by each criterion that found one
 * @param values what there is of every measure
 * @param entropyProfile entropy at the cut of each depth; empty below {@link LatentScorer#MIN_FOR_ENTROPY} examples
 */
public record LatentScore(
        int latent,
        int nActive,
        float maxActivation,
        boolean eligible,
        OptionalInt lch,
        OptionalInt robustLch,
        Map<Criterion, BestSynset> best,
        Map<Measure, Double> values,
        List<Double> entropyProfile) {

    public @Nullable BestSynset best(Criterion criterion) {
        return best.get(criterion);
    }

    public @Nullable Double value(Measure measure) {
        return values.get(measure);
    }

    LatentScore withQValues(Map<Criterion, Double> qValues) {
        var judged = new EnumMap<Criterion, BestSynset>(Criterion.class);
        best.forEach(
                (criterion, found) -> judged.put(criterion, found.withQValue(qValues.getOrDefault(criterion, 1.0))));
        var others = new EnumMap<Measure, Double>(Measure.class);
        others.putAll(values);
        others.computeIfPresent(Measure.Q_VALUE, (measure, none) -> qValues.getOrDefault(Criterion.F1, 1.0));
        return with(judged, others);
    }

    private LatentScore with(Map<Criterion, BestSynset> synsets, Map<Measure, Double> scores) {
        return new LatentScore(
                latent,
                nActive,
                maxActivation,
                eligible,
                lch,
                robustLch,
                Collections.unmodifiableMap(synsets),
                Collections.unmodifiableMap(scores),
                entropyProfile);
    }
}
