package io.taxoscope.taxonomy.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The scores of one latent written straight from their definitions, set by set, to compare with. */
final class PlainScores {
    private final Taxonomy taxonomy;
    private final int[] classOf;
    private final float[][] values;

    PlainScores(Taxonomy taxonomy, int[] classOf, float[][] values) {
        this.taxonomy = taxonomy;
        this.classOf = classOf;
        this.values = values;
    }

    void assertEqual(LatentScore score, int k, int robustCount) {
        int j = score.latent();
        var firing = IntStream.range(0, values.length)
                .filter(i -> values[i][j] > 0)
                .boxed()
                .toList();
        assertThat(score.nActive()).isEqualTo(firing.size());
        assertThat(score.eligible()).isEqualTo(firing.size() >= k);
        if (firing.size() < k) {
            return;
        }
        var top = firing.stream()
                .sorted(Comparator.<Integer>comparingDouble(i -> -values[i][j]).thenComparingInt(i -> i))
                .limit(k)
                .toList();
        assertThat(score.lch()).hasValue(lowest(top, k));
        assertThat(score.robustLch()).hasValue(lowest(top, robustCount));
        assertThat(score.value(Measure.ENTROPY)).isCloseTo(entropy(firing, j), within(1e-12));

        var best = Objects.requireNonNull(score.best(Criterion.F1));
        int chosen = distinct()
                .max(Comparator.<Integer>comparingDouble(v -> f1(v, firing, 0))
                        .thenComparing(Comparator.<Integer>comparingInt(taxonomy::preference)
                                .reversed()))
                .orElseThrow();
        assertThat(best.node()).isEqualTo(chosen);
        assertThat(best.f1()).isCloseTo(f1(chosen, firing, 1), within(1e-12));
        double hits = on(firing, 1).stream().filter(i -> isBelow(i, chosen)).count();
        double below = on(all(), 1).stream().filter(i -> isBelow(i, chosen)).count();
        assertThat(best.precision()).isCloseTo(hits / on(firing, 1).size(), within(1e-12));
        assertThat(best.recall()).isCloseTo(below == 0 ? 0 : hits / below, within(1e-12));
    }

    /** One node for each distinct set of classes below. */
    private Stream<Integer> distinct() {
        var byClasses = new HashMap<Set<Integer>, Integer>();
        for (int v = 0; v < taxonomy.nNodes(); v++) {
            var classes = Arrays.stream(taxonomy.classesBelow(v)).boxed().collect(Collectors.toSet());
            byClasses.merge(classes, v, (a, b) -> taxonomy.preference(a) < taxonomy.preference(b) ? a : b);
        }
        return byClasses.values().stream();
    }

    private int lowest(List<Integer> examples, int atLeast) {
        var covering = IntStream.range(0, taxonomy.nNodes())
                .filter(v -> examples.stream().filter(i -> isBelow(i, v)).count() >= atLeast)
                .boxed()
                .collect(Collectors.toSet());
        return covering.stream()
                .filter(v -> IntStream.of(taxonomy.dag().downwards(v, Integer.MAX_VALUE))
                        .noneMatch(w -> w != v && covering.contains(w)))
                .min(Comparator.<Integer>comparingInt(taxonomy::height)
                        .thenComparingInt(v -> taxonomy.classesBelow(v).length)
                        .thenComparingInt(v -> -taxonomy.dag().maxDepth(v))
                        .thenComparing(taxonomy::id))
                .orElseThrow();
    }

    private double f1(int v, List<Integer> firing, int half) {
        double hits = on(firing, half).stream().filter(i -> isBelow(i, v)).count();
        double below = on(all(), half).stream().filter(i -> isBelow(i, v)).count();
        return 2 * hits / (on(firing, half).size() + below);
    }

    private double entropy(List<Integer> firing, int j) {
        var mass = new HashMap<Integer, Double>();
        firing.forEach(i -> mass.merge(classOf[i], (double) values[i][j], Double::sum));
        double sum = mass.values().stream().mapToDouble(w -> w).sum();
        return mass.values().stream()
                .mapToDouble(w -> -w / sum * Math.log(w / sum))
                .sum();
    }

    private List<Integer> all() {
        return IntStream.range(0, classOf.length).boxed().toList();
    }

    private static List<Integer> on(List<Integer> examples, int half) {
        var kept = new ArrayList<>(examples);
        kept.removeIf(i -> Labels.half(i) != half);
        return kept;
    }

    private boolean isBelow(int example, int v) {
        return Arrays.binarySearch(taxonomy.classesBelow(v), classOf[example]) >= 0;
    }
}
