package io.taxoscope.gateway.results;

import io.taxoscope.api.activation.ExtractionApi;
import io.taxoscope.api.activation.ExtractionView.ShardSetView;
import io.taxoscope.api.gateway.LayerReport;
import io.taxoscope.api.sae.EncodingApi;
import io.taxoscope.api.sae.EncodingView;
import io.taxoscope.api.taxonomy.HierarchyReport;
import io.taxoscope.api.taxonomy.ScoringApi;
import io.taxoscope.gateway.experiments.ExperimentCatalog;
import io.taxoscope.gateway.experiments.LayerRun;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Joins what the services say about each layer of an experiment. */
@Component
public class LayerReports {
    private final ExperimentCatalog catalog;
    private final ExtractionApi extractions;
    private final EncodingApi encodings;
    private final ScoringApi scorings;

    LayerReports(ExperimentCatalog catalog, ExtractionApi extractions, EncodingApi encodings, ScoringApi scorings) {
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
        return Parallel.map(layers, layer -> report(layer, shardSets)).stream()
                .sorted(Comparator.comparingInt(LayerReport::depth))
                .toList();
    }

    private LayerReport report(LayerRun run, List<ShardSetView> shardSets) {
        ShardSetView set = shardSets.stream()
                .filter(candidate -> candidate.tap().equals(run.layer()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no shard set of " + run.layer()));
        return new LayerReport(
                run.layer(),
                set.depth(),
                set.token(),
                set.width(),
                set.ref(),
                run.saeId(),
                run.encodingId(),
                run.scoringId(),
                reconstruction(run.encodingId()),
                hierarchy(run.scoringId()),
                run.untrainedEncodingId() == null ? null : reconstruction(run.untrainedEncodingId()),
                run.untrainedScoringId() == null ? null : hierarchy(run.untrainedScoringId()));
    }

    private EncodingView.Report reconstruction(String encodingId) {
        return Objects.requireNonNull(encodings.find(encodingId).report(), "a finished encoding has a report");
    }

    private HierarchyReport hierarchy(String scoringId) {
        return Objects.requireNonNull(scorings.find(scoringId).report(), "a finished scoring has a report");
    }
}
