package io.taxoscope.taxonomy.relations;

import io.taxoscope.taxonomy.relations.Family.Link;
import io.taxoscope.taxonomy.relations.Family.Parent;
import io.taxoscope.taxonomy.relations.Implication.Together;
import io.taxoscope.taxonomy.relations.Implication.Union;
import io.taxoscope.taxonomy.relations.RelationAnalysis.Controls;
import io.taxoscope.taxonomy.relations.RelationResult.Kinship;
import io.taxoscope.taxonomy.relations.RelationResult.Pair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Parents and children of one dictionary: rows, means and controls. */
final class KinshipTables {
    private final Assignment assignment;
    private final Family family;
    private final Controls controls;
    private final Implication.Means real;
    private final List<Implication.Means> drawn;
    private final Map<Link, Together> together = new HashMap<>();
    private final Map<Integer, Union> unions = new HashMap<>();
    private final Map<Integer, List<Integer>> children = new HashMap<>();

    KinshipTables(RelationInputs inputs, FiringSets report, Family family, StandIns standIns, Controls controls) {
        var implication = new Implication(report, inputs.labels().nReported());
        var spec = controls.spec();
        this.assignment = inputs.assignment();
        this.family = family;
        this.controls = controls;
        this.real = implication.means(family.parents());
        this.drawn = standIns.suffice()
                ? IntStream.range(0, spec.controlDraws())
                        .mapToObj(draw -> implication.means(
                                standIns.draw(family.parents(), Seeded.STAND_INS.stream(spec.seed(), draw))))
                        .toList()
                : List.of();
        for (int i = 0; i < family.parents().size(); i++) {
            Parent parent = family.parents().get(i);
            unions.put(parent.latent(), real.unions().get(i));
            children.put(parent.latent(), parent.children());
        }
        var byParent = new TreeMap<>(family.links().stream().collect(Collectors.groupingBy(Link::parent)));
        byParent.forEach((parent, links) -> {
            var counts =
                    implication.together(parent, links.stream().map(Link::child).toList());
            for (int i = 0; i < counts.size(); i++) {
                together.put(links.get(i), counts.get(i));
            }
        });
    }

    Kinship summary() {
        return new Kinship(
                family.links().size(),
                real.pairs().size(),
                ofPairs(Together::parentGivenChild),
                ofPairs(Together::childGivenParent),
                ofPairs(Together::lift),
                ofUnions(Union::hamming),
                ofUnions(Union::jaccard));
    }

    List<Pair> pairs(AngleTables angles) {
        return family.links().stream().map(link -> pair(link, angles)).toList();
    }

    Map<Integer, Union> unions() {
        return unions;
    }

    List<Integer> children(int latent) {
        return children.getOrDefault(latent, List.of());
    }

    private Pair pair(Link link, AngleTables angles) {
        var counts = together.getOrDefault(link, new Together(0, 0, 0, 0));
        var plain = angles.plain(link);
        var whitened = angles.whitened(link);
        return new Pair(
                link.parent(),
                link.child(),
                assignment.node(link.parent()),
                assignment.node(link.child()),
                link.isDirect(),
                counts.nParent(),
                counts.nChild(),
                counts.nBoth(),
                counts.parentGivenChild(),
                counts.childGivenParent(),
                counts.lift(),
                plain == null ? null : plain.child(),
                plain == null ? null : plain.step(),
                whitened == null ? null : whitened.child(),
                whitened == null ? null : whitened.step());
    }

    private ControlledMean ofPairs(ToDoubleFunction<Together> score) {
        return controls.mean(
                real.pairs(score),
                drawn.stream()
                        .mapToDouble(draw -> ControlledMean.mean(draw.pairs(score)))
                        .toArray());
    }

    private ControlledMean ofUnions(ToDoubleFunction<Union> score) {
        return controls.mean(
                real.unions(score),
                drawn.stream()
                        .mapToDouble(draw -> ControlledMean.mean(draw.unions(score)))
                        .toArray());
    }
}
