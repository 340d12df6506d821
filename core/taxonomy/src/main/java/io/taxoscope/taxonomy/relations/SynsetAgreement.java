package io.taxoscope.taxonomy.relations;

import io.taxoscope.taxonomy.Taxonomy;
import io.taxoscope.taxonomy.relations.ComparisonResult.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Whether matched latents stand for the same synset, for related ones, or for like ones. */
final class SynsetAgreement {
    private final NodeSimilarity similarity;
    private final List<Pairing> pairings = new ArrayList<>();

    SynsetAgreement(Taxonomy taxonomy) {
        this.similarity = new NodeSimilarity(taxonomy);
    }

    private record Pairing(int first, int second) {}

    void add(int first, int second) {
        pairings.add(new Pairing(first, second));
    }

    Relation relation(int first, int second) {
        if (first == second) {
            return Relation.SAME;
        }
        if (similarity.isAbove(second, first)) {
            return Relation.ABOVE;
        }
        return similarity.isAbove(first, second) ? Relation.BELOW : Relation.APART;
    }

    double lin(int first, int second) {
        return similarity.lin(first, second);
    }

    int size() {
        return pairings.size();
    }

    ControlledMean same(ComparisonSpec spec) {
        return mean(spec, pairing -> pairing.first() == pairing.second() ? 1 : 0);
    }

    ControlledMean related(ComparisonSpec spec) {
        return mean(spec, pairing -> similarity.isRelated(pairing.first(), pairing.second()) ? 1 : 0);
    }

    ControlledMean lin(ComparisonSpec spec) {
        return mean(spec, pairing -> similarity.lin(pairing.first(), pairing.second()));
    }

    private ControlledMean mean(ComparisonSpec spec, ToDoubleFunction<Pairing> score) {
        double[] values = pairings.stream().mapToDouble(score).toArray();
        return ControlledMean.exact(values, pairings.isEmpty() ? null : expected(score), spec.bootstrap(), spec.seed());
    }

    /** Over all ways to deal the second side's synsets to the first's latents, each pair of synsets once. */
    private double expected(ToDoubleFunction<Pairing> score) {
        var firsts = counts(Pairing::first);
        var seconds = counts(Pairing::second);
        double sum = 0;
        for (var first : firsts.entrySet()) {
            for (var second : seconds.entrySet()) {
                sum += (double) first.getValue()
                        * second.getValue()
                        * score.applyAsDouble(new Pairing(first.getKey(), second.getKey()));
            }
        }
        return sum / ((double) pairings.size() * pairings.size());
    }

    private Map<Integer, Long> counts(Function<Pairing, Integer> end) {
        return pairings.stream().collect(Collectors.groupingBy(end, Collectors.counting()));
    }
}
