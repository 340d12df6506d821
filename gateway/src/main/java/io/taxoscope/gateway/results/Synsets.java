package io.taxoscope.gateway.results;

import io.taxoscope.api.gateway.SynsetCoverage;
import io.taxoscope.api.gateway.SynsetCoverage.InLayer;
import io.taxoscope.api.gateway.SynsetLatents;
import io.taxoscope.api.gateway.SynsetLatents.Child;
import io.taxoscope.api.gateway.SynsetLatents.Marking;
import io.taxoscope.api.taxonomy.SynsetApi;
import io.taxoscope.api.taxonomy.SynsetApi.TreeRequest;
import io.taxoscope.api.taxonomy.TaxonomyTree;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import io.taxoscope.gateway.experiments.ExperimentCatalog;
import io.taxoscope.gateway.experiments.ExperimentError;
import io.taxoscope.gateway.experiments.LabelledClasses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The synsets above an experiment's dataset and the latents of the trained SAEs that stand at them. */
@Component
public class Synsets {
    private static final int MOST_NODES = 20_000;
    private static final int MOST_LATENTS = 1000;

    private final ExperimentCatalog catalog;
    private final SynsetApi synsets;
    private final LatentMarks marks;

    Synsets(ExperimentCatalog catalog, SynsetApi synsets, LatentMarks marks) {
        this.catalog = catalog;
        this.synsets = synsets;
        this.marks = marks;
    }

    public SynsetCoverage coverage(String experimentId) {
        List<LayerMarks> layers = layers(experimentId);
        TaxonomyTree tree = tree(experimentId);
        Map<String, List<InLayer>> byNode = layers.stream()
                .flatMap(layer -> layer.byNode().entrySet().stream())
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return new SynsetCoverage(
                layers.stream().map(LayerMarks::layer).toList(),
                tree.nLeftOut(),
                tree.nodes().stream()
                        .map(node -> new SynsetCoverage.Node(
                                node.wnid(),
                                node.name(),
                                node.parents(),
                                node.maxDepth(),
                                node.height(),
                                node.nClasses(),
                                node.isReachable(),
                                byNode.getOrDefault(node.wnid(), List.of())))
                        .toList());
    }

    public SynsetLatents latents(String experimentId, String wnid, int limit) {
        requireLimit(limit);
        TaxonomyTree tree = tree(experimentId);
        TaxonomyTree.Node node = tree.nodes().stream()
                .filter(candidate -> candidate.wnid().equals(wnid))
                .findFirst()
                .orElseThrow(() -> new TaxoscopeException(
                        ExperimentError.SYNSET_NOT_FOUND,
                        "%s does not lie above the labels of experiment %s; its /synsets lists those that do"
                                .formatted(wnid, experimentId)));
        List<Marking> all = layers(experimentId).stream()
                .flatMap(layer -> layer.markings().stream())
                .sorted(Comparator.comparingDouble((Marking marking) -> -marking.f1()))
                .toList();
        List<Marking> own = of(Set.of(wnid), all);
        List<Child> children = tree.nodes().stream()
                .filter(candidate -> candidate.parents().contains(wnid))
                .map(child -> child(child, of(onOrBelow(child.wnid(), tree), all), limit))
                .sorted(Comparator.comparingInt(Child::nMarking).reversed().thenComparing(Child::wnid))
                .toList();
        return new SynsetLatents(
                wnid, node.name(), own.size(), own.stream().limit(limit).toList(), children);
    }

    private static void requireLimit(int limit) {
        if (limit < 1 || limit > MOST_LATENTS) {
            throw new TaxoscopeException(
                    ExperimentError.PARAMETER_INVALID,
                    "limit is %d; send 1 to %d".formatted(limit, MOST_LATENTS),
                    List.of(new FieldError("limit", "must be 1 to " + MOST_LATENTS)));
        }
    }

    private static Child child(TaxonomyTree.Node child, List<Marking> marking, int limit) {
        return new Child(
                child.wnid(),
                child.name(),
                marking.size(),
                marking.stream().limit(limit).toList());
    }

    private static List<Marking> of(Set<String> wnids, List<Marking> all) {
        return all.stream().filter(marking -> wnids.contains(marking.synset())).toList();
    }

    private static Set<String> onOrBelow(String wnid, TaxonomyTree tree) {
        Map<String, List<String>> children = tree.nodes().stream()
                .flatMap(node -> node.parents().stream().map(parent -> Map.entry(parent, node.wnid())))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        var found = new HashSet<String>();
        var open = new ArrayList<>(List.of(wnid));
        while (!open.isEmpty()) {
            String next = open.removeLast();
            if (found.add(next)) {
                open.addAll(children.getOrDefault(next, List.of()));
            }
        }
        return found;
    }

    private TaxonomyTree tree(String experimentId) {
        LabelledClasses classes = catalog.classes(experimentId);
        if (classes.wnids().isEmpty()) {
            throw new TaxoscopeException(
                    ExperimentError.EXPERIMENT_NOT_FINISHED,
                    "the labels of experiment %s are not resolved yet; wait for its RESOLVE_LABELS stage"
                            .formatted(experimentId));
        }
        return synsets.tree(new TreeRequest(classes.wnids(), null, MOST_NODES, classes.taxonomy()));
    }

    private List<LayerMarks> layers(String experimentId) {
        return Parallel.map(
                catalog.scoredLayers(experimentId),
                run -> new LayerMarks(run.layer(), marks.of(run.trained().scoringId())));
    }
}
