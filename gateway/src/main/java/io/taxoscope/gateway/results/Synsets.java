package io.taxoscope.gateway.results;

import io.taxoscope.api.gateway.SynsetCoverage;
import io.taxoscope.api.gateway.SynsetLatents;
import io.taxoscope.api.gateway.SynsetLatents.Child;
import io.taxoscope.api.gateway.SynsetLatents.Marking;
import io.taxoscope.api.taxonomy.MarkedSynset;
import io.taxoscope.api.taxonomy.MarkedSynset.Mark;
import io.taxoscope.api.taxonomy.ScoringApi;
import io.taxoscope.api.taxonomy.SynsetApi;
import io.taxoscope.api.taxonomy.SynsetApi.TreeRequest;
import io.taxoscope.api.taxonomy.TaxonomyTree;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import io.taxoscope.gateway.experiments.DictionaryChoice;
import io.taxoscope.gateway.experiments.ExperimentCatalog;
import io.taxoscope.gateway.experiments.ExperimentError;
import io.taxoscope.gateway.experiments.LabelledClasses;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The synsets above an experiment's dataset and the latents of its layers that stand at them. */
@Component
public class Synsets {
    private static final int MOST_NODES = 20_000;
    private static final int MOST_LATENTS = 1000;

    private final ExperimentCatalog catalog;
    private final SynsetApi synsets;
    private final ScoringApi scorings;

    Synsets(ExperimentCatalog catalog, SynsetApi synsets, ScoringApi scorings) {
        this.catalog = catalog;
        this.synsets = synsets;
        this.scorings = scorings;
    }

    /** @param limit most synsets, 1 to 20,000 */
    public SynsetCoverage coverage(String experimentId, DictionaryChoice choice, int limit) {
        requireLimit(limit, MOST_NODES);
        TaxonomyTree tree = tree(experimentId, limit);
        List<LayerStands> layers =
                layers(experimentId, choice, (layer, scoringId) -> LayerStands.read(layer, scoringId, scorings));
        return new SynsetCoverage(
                layers.stream().map(LayerStands::layer).toList(),
                tree.root(),
                tree.nLeftOut(),
                tree.nodes().stream().map(node -> node(node, layers)).toList());
    }

    private static SynsetCoverage.Node node(TaxonomyTree.Node node, List<LayerStands> layers) {
        return new SynsetCoverage.Node(
                node.wnid(),
                node.name(),
                node.parents(),
                node.minDepth(),
                node.maxDepth(),
                node.height(),
                node.nClasses(),
                node.isClass(),
                node.isReachable(),
                layers.stream()
                        .flatMap(layer -> Stream.ofNullable(layer.byNode().get(node.wnid())))
                        .toList());
    }

    /** @param limit most latents for the synset and for each child, 1 to 1000 */
    public SynsetLatents latents(String experimentId, String wnid, DictionaryChoice choice, int limit) {
        requireLimit(limit, MOST_LATENTS);
        TaxonomyTree tree = tree(experimentId, MOST_NODES);
        TaxonomyTree.Node node = tree.nodes().stream()
                .filter(candidate -> candidate.wnid().equals(wnid))
                .findFirst()
                .orElseThrow(() -> new TaxoscopeException(
                        ExperimentError.SYNSET_NOT_FOUND,
                        "%s does not lie above the labels of experiment %s; its /synsets lists those that do"
                                .formatted(wnid, experimentId)));
        List<LayerMarks> layers = layers(
                experimentId,
                choice,
                (layer, scoringId) -> new LayerMarks(layer, scorings.synset(scoringId, wnid, limit)));
        return new SynsetLatents(
                wnid,
                node.name(),
                layers.stream().mapToInt(layer -> layer.synset().nMarking()).sum(),
                best(layers.stream().flatMap(LayerMarks::own), limit),
                tree.nodes().stream()
                        .filter(candidate -> candidate.parents().contains(wnid))
                        .map(child -> child(child, layers, limit))
                        .sorted(Comparator.comparingInt(Child::nMarking)
                                .reversed()
                                .thenComparing(Child::wnid))
                        .toList());
    }

    /** What one layer's dictionary answers about the synset. */
    private record LayerMarks(String layer, MarkedSynset synset) {
        Stream<Marking> own() {
            return markings(synset.marking());
        }

        Stream<MarkedSynset.Child> child(String wnid) {
            return synset.children().stream().filter(child -> child.wnid().equals(wnid));
        }

        Stream<Marking> markings(List<Mark> marks) {
            return marks.stream().map(mark -> new Marking(layer, mark.latent(), mark.synset(), mark.name(), mark.f1()));
        }
    }

    private static Child child(TaxonomyTree.Node child, List<LayerMarks> layers, int limit) {
        return new Child(
                child.wnid(),
                child.name(),
                layers.stream()
                        .flatMap(layer -> layer.child(child.wnid()))
                        .mapToInt(MarkedSynset.Child::nMarking)
                        .sum(),
                best(
                        layers.stream().flatMap(layer -> layer.child(child.wnid())
                                .flatMap(found -> layer.markings(found.marking()))),
                        limit));
    }

    private static List<Marking> best(Stream<Marking> markings, int limit) {
        return markings.sorted(Comparator.comparingDouble((Marking marking) -> -marking.f1()))
                .limit(limit)
                .toList();
    }

    private static void requireLimit(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw new TaxoscopeException(
                    ExperimentError.PARAMETER_INVALID,
                    "limit is %d; send 1 to %d".formatted(limit, most),
                    List.of(new FieldError("limit", "must be 1 to " + most)));
        }
    }

    private TaxonomyTree tree(String experimentId, int limit) {
        LabelledClasses classes = catalog.classes(experimentId);
        if (classes.wnids().isEmpty()) {
            throw new TaxoscopeException(
                    ExperimentError.EXPERIMENT_NOT_FINISHED,
                    "the labels of experiment %s are not resolved yet; wait for its RESOLVE_LABELS stage"
                            .formatted(experimentId));
        }
        return synsets.tree(new TreeRequest(classes.wnids(), null, limit, classes.taxonomy()));
    }

    /** What {@code ask} answers about the chosen dictionary of each layer that has it. */
    private <T> List<T> layers(String experimentId, DictionaryChoice choice, BiFunction<String, String, T> ask) {
        return Parallel.map(
                catalog.scoredLayers(experimentId).stream()
                        .filter(run -> run.find(choice).isPresent())
                        .toList(),
                run -> ask.apply(run.layer(), run.get(choice).scoringId()));
    }
}
