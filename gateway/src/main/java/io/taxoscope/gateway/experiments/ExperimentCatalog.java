package io.taxoscope.gateway.experiments;

import io.taxoscope.api.JobState;
import io.taxoscope.api.gateway.ExperimentView.Stage.Kind;
import io.taxoscope.api.gateway.Variant;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.gateway.experiments.LayerRun.Dictionary;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Finds the resources behind an experiment's results. */
@Component
public class ExperimentCatalog {
    private final ExperimentRows rows;
    private final ExperimentViews views;

    ExperimentCatalog(ExperimentRows rows, ExperimentViews views) {
        this.rows = rows;
        this.views = views;
    }

    /** The layers whose scores are ready, in their order. */
    public List<LayerRun> scoredLayers(String experimentId) {
        Experiment experiment = rows.snapshot(experimentId);
        return experiment.layers().stream()
                .filter(layer -> experiment
                                .stage(StageKey.of(Kind.SCORE, layer, Variant.TRAINED))
                                .state()
                        == JobState.SUCCEEDED)
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

    /** How many steps the training of each layer takes. */
    public int trainingSteps(String experimentId) {
        return TrainingCurve.totalSteps(views.spec(rows.snapshot(experimentId)));
    }

    public LayerRun scoredLayer(String experimentId, String layer) {
        Experiment experiment = rows.snapshot(experimentId);
        if (!experiment.layers().contains(layer)) {
            throw new TaxoscopeException(
                    ExperimentError.LAYER_NOT_FOUND,
                    "experiment %s has no layer %s; it has %s".formatted(experimentId, layer, experiment.layers()));
        }
        JobState state = experiment
                .stage(StageKey.of(Kind.SCORE, layer, Variant.TRAINED))
                .state();
        if (state != JobState.SUCCEEDED) {
            throw new TaxoscopeException(
                    ExperimentError.LAYER_NOT_SCORED,
                    "layer %s of experiment %s has no scores yet (%s); wait for its SCORE stage"
                            .formatted(layer, experimentId, state));
        }
        return layerRun(experiment, layer);
    }

    private static LayerRun layerRun(Experiment experiment, String layer) {
        List<Dictionary> scored = experiment.stages().stream()
                .filter(stage -> stage.kind() == Kind.SCORE
                        && layer.equals(stage.layer())
                        && stage.state() == JobState.SUCCEEDED)
                .map(stage -> dictionary(experiment, stage.key()))
                .toList();
        return new LayerRun(
                experiment.id(),
                layer,
                experiment.datasetId(),
                resource(experiment, StageKey.ofWhole(Kind.EXTRACT)),
                scored);
    }

    private static Dictionary dictionary(Experiment experiment, StageKey score) {
        return new Dictionary(
                Objects.requireNonNull(score.variant()),
                score.step(),
                resource(experiment, score.training()),
                resource(experiment, score.with(Kind.ENCODE)),
                resource(experiment, score));
    }

    private static String resource(Experiment experiment, StageKey key) {
        return Objects.requireNonNull(experiment.stage(key).resourceId());
    }
}
