package io.taxoscope.gateway.experiments;

import io.taxoscope.api.JobState;
import io.taxoscope.api.gateway.ExperimentView.Stage.Kind;
import io.taxoscope.common.TaxoscopeException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the resources behind an experiment's results. */
@Component
public class ExperimentCatalog {
    private final ExperimentRows rows;

    ExperimentCatalog(ExperimentRows rows) {
        this.rows = rows;
    }

    /** The layers whose scores are ready, in their order. */
    public List<LayerRun> scoredLayers(String experimentId) {
        Experiment experiment = rows.snapshot(experimentId);
        return experiment.layers().stream()
                .filter(layer -> experiment.stage(Kind.SCORE, layer).state() == JobState.SUCCEEDED)
                .map(layer -> layerRun(experiment, layer))
                .toList();
    }

    /** Every layer of an experiment that has succeeded; while some are missing, an export would mislead. */
    public List<LayerRun> allLayers(String experimentId) {
        Experiment experiment = rows.snapshot(experimentId);
        if (!experiment.isSuccessful()) {
            throw new TaxoscopeException(
                    ExperimentError.EXPERIMENT_NOT_FINISHED,
                    "experiment %s is %s; export it when it has SUCCEEDED"
                            .formatted(experimentId, experiment.job().state()));
        }
        return scoredLayers(experimentId);
    }

    public LayerRun scoredLayer(String experimentId, String layer) {
        Experiment experiment = rows.snapshot(experimentId);
        if (!experiment.layers().contains(layer)) {
            throw new TaxoscopeException(
                    ExperimentError.LAYER_NOT_FOUND,
                    "experiment %s has no layer %s; it has %s".formatted(experimentId, layer, experiment.layers()));
        }
        JobState state = experiment.stage(Kind.SCORE, layer).state();
        if (state != JobState.SUCCEEDED) {
            throw new TaxoscopeException(
                    ExperimentError.LAYER_NOT_SCORED,
                    "layer %s of experiment %s has no scores yet (%s); wait for its SCORE stage"
                            .formatted(layer, experimentId, state));
        }
        return layerRun(experiment, layer);
    }

    private static LayerRun layerRun(Experiment experiment, String layer) {
        boolean hasControl = experiment.stages().stream()
                .anyMatch(stage -> stage.kind() == Kind.SCORE_UNTRAINED
                        && layer.equals(stage.layer())
                        && stage.state() == JobState.SUCCEEDED);
        return new LayerRun(
                experiment.id(),
                layer,
                experiment.datasetId(),
                resource(experiment, Kind.EXTRACT, null),
                resource(experiment, Kind.TRAIN, layer),
                resource(experiment, Kind.ENCODE, layer),
                resource(experiment, Kind.SCORE, layer),
                hasControl ? resource(experiment, Kind.ENCODE_UNTRAINED, layer) : null,
                hasControl ? resource(experiment, Kind.SCORE_UNTRAINED, layer) : null);
    }

    private static String resource(Experiment experiment, Kind kind, @Nullable String layer) {
        return Objects.requireNonNull(experiment.stage(kind, layer).resourceId());
    }
}
