package io.taxoscope.gateway.experiments;

import io.taxoscope.api.JobState;
import io.taxoscope.api.activation.TokenSelection;
import io.taxoscope.api.gateway.ExperimentView.Stage.Kind;
import io.taxoscope.api.gateway.Variant;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.gateway.experiments.LayerRun.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Finds the resources behind an experiment's results. */
@Component
public class ExperimentCatalog {
    private final ExperimentRows rows;
    private final ExperimentViews views;
    private final JsonMapper json;

    ExperimentCatalog(ExperimentRows rows, ExperimentViews views, JsonMapper json) {
        this.rows = rows;
        this.views = views;
        this.json = json;
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

    /** What the finished stages of these kinds have made, in their order. */
    public List<StageResult> results(String experimentId, Set<Kind> kinds) {
        Experiment experiment = rows.snapshot(experimentId);
        return experiment.stages().stream()
                .filter(stage -> kinds.contains(stage.kind()) && stage.state() == JobState.SUCCEEDED)
                .map(stage -> new StageResult(
                        stage.kind(),
                        stage.requireLayer(),
                        stage.kind() == Kind.FOLLOW
                                ? stage.key().inNextLayer(experiment.layers()).layer()
                                : null,
                        stage.requireVariant(),
                        Objects.requireNonNull(stage.resourceId())))
                .toList();
    }

    /** The synsets of the dataset's labels and the taxonomy that they belong to. */
    public LabelledClasses classes(String experimentId) {
        Experiment experiment = rows.snapshot(experimentId);
        Map<String, String> labels = experiment.labels() == null
                ? Map.of()
                : json.readValue(experiment.labels(), new TypeReference<Map<String, String>>() {});
        return new LabelledClasses(
                labels.values().stream().distinct().sorted().toList(),
                views.spec(experiment).dataset().taxonomy());
    }

    /** How many steps the training of each layer takes. */
    public int trainingSteps(String experimentId) {
        return TrainingCurve.totalSteps(views.spec(rows.snapshot(experimentId)));
    }

    /** The model and the token that an experiment's activations are of. */
    public ModelToken modelToken(String experimentId) {
        Experiment experiment = rows.snapshot(experimentId);
        return new ModelToken(
                experiment.modelId(),
                Objects.requireNonNull(views.spec(experiment).token()));
    }

    /** What turns an image into the vector that the SAEs read, but for the layer. */
    public record ModelToken(String modelId, TokenSelection token) {}

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
