package io.taxoscope.gateway.results;

import io.taxoscope.api.activation.ExtractionApi;
import io.taxoscope.api.activation.ExtractionView.ShardSetView;
import io.taxoscope.api.gateway.LayerReport;
import io.taxoscope.api.gateway.LayerReport.VariantReport;
import io.taxoscope.api.gateway.LearningCurve;
import io.taxoscope.api.gateway.Variant;
import io.taxoscope.api.sae.EncodingApi;
import io.taxoscope.api.sae.EncodingView;
import io.taxoscope.api.taxonomy.HierarchyReport;
import io.taxoscope.gateway.experiments.ExperimentCatalog;
import io.taxoscope.gateway.experiments.LayerRun;
import io.taxoscope.gateway.experiments.LayerRun.Dictionary;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Joins what the services say about each layer of an experiment. */
@Component
public class LayerReports {
    private final ExperimentCatalog catalog;
    private final ExtractionApi extractions;
    private final EncodingApi encodings;
    private final ScoringReports scorings;

    LayerReports(ExperimentCatalog catalog, ExtractionApi extractions, EncodingApi encodings, ScoringReports scorings) {
        this.catalog = catalog;
        this.extractions = extractions;
        this.encodings = encodings;
        this.scorings = scorings;
    }

    /** In the order of depth. */
    public List<LayerReport> of(String experimentId) {
        List<LayerRun> layers = catalog.scoredLayers(experimentId);
        if (layers.isEmpty()) {
            return List.of();
        }
        List<ShardSetView> shardSets =
                extractions.find(layers.getFirst().extractionId()).shardSets();
        Function<Dictionary, HierarchyReport> hierarchies =
                scorings.of(layers.stream().flatMap(LayerReports::shown).toList());
        return Parallel.map(layers, layer -> report(layer, shardSets, hierarchies)).stream()
                .sorted(Comparator.comparingInt(LayerReport::depth))
                .toList();
    }

    /** Checkpoints belong to the curve. */
    private static Stream<Dictionary> shown(LayerRun run) {
        return run.dictionaries().stream().filter(dictionary -> dictionary.variant() != Variant.CHECKPOINT);
    }

    private LayerReport report(
            LayerRun run, List<ShardSetView> shardSets, Function<Dictionary, HierarchyReport> hierarchies) {
        ShardSetView set = shardSets.stream()
                .filter(candidate -> candidate.tap().equals(run.layer()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no shard set of " + run.layer()));
        HierarchyReport trained = hierarchies.apply(run.trained());
        List<VariantReport> variants = shown(run)
                .map(dictionary -> report(dictionary, hierarchies.apply(dictionary), trained))
                .toList();
        return new LayerReport(run.layer(), set.depth(), set.token(), set.width(), set.ref(), variants);
    }

    private VariantReport report(Dictionary dictionary, HierarchyReport hierarchy, HierarchyReport trained) {
        boolean isTrained = dictionary.variant() == Variant.TRAINED;
        return new VariantReport(
                dictionary.variant(),
                dictionary.saeId(),
                dictionary.encodingId(),
                dictionary.scoringId(),
                reconstruction(dictionary.encodingId()),
                hierarchy,
                isTrained ? List.of() : Margins.of(trained, hierarchy));
    }

    /** The untrained SAE, the checkpoints and the trained SAE of a layer, as far as they are scored. */
    public LearningCurve curve(String experimentId, String layer) {
        LayerRun run = catalog.scoredLayer(experimentId, layer);
        int steps = catalog.trainingSteps(experimentId);
        List<Dictionary> ofTraining = run.dictionaries().stream()
                .filter(dictionary -> step(dictionary, steps) >= 0)
                .sorted(Comparator.comparingInt(dictionary -> step(dictionary, steps)))
                .toList();
        Function<Dictionary, HierarchyReport> hierarchies = scorings.of(ofTraining);
        List<LearningCurve.Point> points = Parallel.map(ofTraining, dictionary -> {
            int step = step(dictionary, steps);
            return new LearningCurve.Point(
                    step,
                    (double) step / steps,
                    reconstruction(dictionary.encodingId()),
                    hierarchies.apply(dictionary));
        });
        return new LearningCurve(layer, steps, points);
    }

    /** Where in the training a dictionary stands; below 0 for those that are of no training, or of another one. */
    private static int step(Dictionary dictionary, int steps) {
        return switch (dictionary.variant()) {
            case UNTRAINED -> 0;
            case CHECKPOINT -> Objects.requireNonNull(dictionary.step());
            case TRAINED -> steps;
            case NEURONS, PCA, SECOND_SEED -> -1;
        };
    }

    private EncodingView.Report reconstruction(String encodingId) {
        return Objects.requireNonNull(encodings.find(encodingId).report(), "a finished encoding has a report");
    }
}
