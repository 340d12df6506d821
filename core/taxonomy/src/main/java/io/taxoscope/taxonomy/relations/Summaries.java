package io.taxoscope.taxonomy.relations;

import io.taxoscope.taxonomy.relations.RelationAnalysis.Controls;
import io.taxoscope.taxonomy.relations.RelationResult.Absorbed;
import io.taxoscope.taxonomy.relations.RelationResult.Alike;
import io.taxoscope.taxonomy.relations.RelationResult.HoleProfile;
import io.taxoscope.taxonomy.relations.RelationResult.Holes;
import io.taxoscope.taxonomy.relations.RelationResult.Mono;
import io.taxoscope.taxonomy.relations.RelationResult.Predictions;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A layer's means from its rows and from the draws of their controls. */
final class Summaries {
    private Summaries() {}

    static Holes holes(Map<Integer, HoleProfile> real, List<List<HoleProfiles.Profile>> even, Controls controls) {
        return new Holes(
                controls.mean(present(real.values(), HoleProfile::gap), draws(even, HoleProfiles.Profile::gap)),
                controls.mean(present(real.values(), HoleProfile::share), draws(even, HoleProfiles.Profile::share)),
                (int) real.values().stream()
                        .filter(profile -> !profile.holes().isEmpty())
                        .count());
    }

    static ControlledMean matching(List<SynsetMatching.Match> real, double[] permuted, Controls controls) {
        return controls.mean(present(real, SynsetMatching.Match::score), permuted);
    }

    static Predictions predictions(HierarchicalScores.Scores scores) {
        var all = scores.all();
        var chance = scores.chance();
        return new Predictions(
                Math.round(all.n()),
                all.precision(),
                all.recall(),
                all.f1(),
                chance.precision(),
                chance.recall(),
                chance.f1(),
                all.severity(),
                chance.severity(),
                all.errorRate(),
                chance.errorRate());
    }

    static Absorbed absorbed(List<Absorption.Result> results, Controls controls) {
        var controlled = results.stream().map(Absorption.Result::controls).toList();
        return new Absorbed(
                controls.mean(present(results, Absorption.Result::full), draws(controlled, Absorption.Control::full)),
                controls.mean(
                        present(results, Absorption.Result::fraction), draws(controlled, Absorption.Control::fraction)),
                mean(results, result -> result.main().size()),
                mean(results, Absorption.Result::probeF1));
    }

    static Mono mono(double[] scores, double chance, Controls controls) {
        double[] known = Arrays.stream(scores).filter(Double::isFinite).toArray();
        return new Mono(
                controls.exact(known, chance),
                known.length == 0 ? null : spread(known),
                known.length == 0 ? null : Arrays.stream(known).min().getAsDouble(),
                known.length == 0 ? null : Arrays.stream(known).max().getAsDouble());
    }

    /** Of these latents, not of a sample: divided by their number. */
    private static double spread(double[] values) {
        double mean = ControlledMean.mean(values);
        return Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0));
    }

    static Alike alike(Map<Integer, Double> likeness, double[] drawn, Controls controls) {
        double[] values = likeness.keySet().stream()
                .sorted()
                .mapToDouble(parent -> likeness.getOrDefault(parent, Double.NaN))
                .toArray();
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Alike(
                controls.mean(values, drawn), sorted.length == 0 ? null : ControlledMean.quantile(sorted, 0.5));
    }

    private static <T> double[] present(Collection<T> rows, Function<T, @Nullable Double> column) {
        return rows.stream()
                .map(column)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private static <T> @Nullable Double mean(List<T> rows, ToDoubleFunction<T> column) {
        var mean = rows.stream().mapToDouble(column).average();
        return mean.isPresent() ? mean.getAsDouble() : null;
    }

    /** The mean over rows in each draw: rows have one entry for each draw, or none. */
    private static <T> double[] draws(List<List<T>> rows, Function<T, @Nullable Double> column) {
        int n = rows.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, n)
                .mapToDouble(draw -> ControlledMean.mean(present(
                        rows.stream()
                                .filter(row -> row.size() > draw)
                                .map(row -> row.get(draw))
                                .toList(),
                        column)))
                .toArray();
    }
}
