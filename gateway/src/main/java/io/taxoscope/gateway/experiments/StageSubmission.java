package io.taxoscope.gateway.experiments;

import io.taxoscope.api.activation.CreateExtraction;
import io.taxoscope.api.activation.DatasetApi;
import io.taxoscope.api.activation.ExtractionApi;
import io.taxoscope.api.activation.ExtractionView.ShardSetView;
import io.taxoscope.api.gateway.ExperimentSpec;
import io.taxoscope.api.gateway.ExperimentView.Stage.Kind;
import io.taxoscope.api.gateway.SaeSpec;
import io.taxoscope.api.gateway.ScoringSpec;
import io.taxoscope.api.gateway.Variant;
import io.taxoscope.api.sae.CreateEncoding;
import io.taxoscope.api.sae.CreateSae;
import io.taxoscope.api.sae.EncodingApi;
import io.taxoscope.api.sae.SaeApi;
import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.api.taxonomy.ComparisonApi;
import io.taxoscope.api.taxonomy.ComparisonConfig;
import io.taxoscope.api.taxonomy.CreateComparison;
import io.taxoscope.api.taxonomy.CreateRelation;
import io.taxoscope.api.taxonomy.CreateScoring;
import io.taxoscope.api.taxonomy.RelationApi;
import io.taxoscope.api.taxonomy.RelationConfig;
import io.taxoscope.api.taxonomy.ScoringApi;
import io.taxoscope.api.taxonomy.ScoringConfig;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hands a stage to its service. The Idempotency-Key is made of experiment and stage, so that submitting again after a
 * crash finds the job that was submitted before it.
 */
@Component
class StageSubmission {
    private static final int LEAST_TOP_EXAMPLES = 32;

    private final DatasetApi datasets;
    private final ExtractionApi extractions;
    private final SaeApi saes;
    private final EncodingApi encodings;
    private final ScoringApi scorings;
    private final RelationApi relations;
    private final ComparisonApi comparisons;
    private final JsonMapper json;

    StageSubmission(
            DatasetApi datasets,
            ExtractionApi extractions,
            SaeApi saes,
            EncodingApi encodings,
            ScoringApi scorings,
            RelationApi relations,
            ComparisonApi comparisons,
            JsonMapper json) {
        this.datasets = datasets;
        this.extractions = extractions;
        this.saes = saes;
        this.encodings = encodings;
        this.scorings = scorings;
        this.relations = relations;
        this.comparisons = comparisons;
        this.json = json;
    }

    /** Answers the id of the job that now works on the stage. */
    String submit(Experiment experiment, ExperimentSpec spec, Stage stage) {
        String key = "experiment/" + stage.id();
        return switch (stage.kind()) {
            case EXTRACT ->
                body(extractions.submit(extraction(experiment, spec), key)).id();
            case TRAIN -> train(experiment, spec, stage, key);
            case ENCODE ->
                body(encodings.submit(encoding(experiment, spec, stage), key)).id();
            case SCORE ->
                body(scorings.submit(scoring(experiment, spec, stage), key)).id();
            case RELATE ->
                body(relations.submit(relation(experiment, spec, stage), key)).id();
            case COMPARE_SEEDS, FOLLOW ->
                body(comparisons.submit(comparison(experiment, spec, stage), key))
                        .id();
            case REGISTER_MODEL, REGISTER_DATASET, RESOLVE_LABELS ->
                throw new IllegalArgumentException(stage.kind() + " is not submitted");
        };
    }

    private static CreateExtraction extraction(Experiment experiment, ExperimentSpec spec) {
        return new CreateExtraction(
                experiment.modelId(),
                experiment.datasetId(),
                experiment.layers(),
                List.of(Objects.requireNonNull(spec.token())),
                null,
                null);
    }

    /** An SAE that exists takes the place of a training. */
    private String train(Experiment experiment, ExperimentSpec spec, Stage stage, String key) {
        SaeSpec sae = Objects.requireNonNullElse(spec.sae(), SaeSpec.DEFAULT);
        String existing = sae.id();
        if (existing != null && stage.requireVariant() == Variant.TRAINED) {
            return existing;
        }
        List<Integer> snapshots = stage.requireVariant() == Variant.TRAINED ? TrainingCurve.steps(spec) : List.of();
        SaeConfig config = existing == null
                ? config(sae, experiment, spec, stage)
                : ControlConfigs.beside(
                        saes.find(existing), activeLatents(experiment, stage), seed(spec), stage.requireVariant());
        var request = new CreateSae(
                shardSet(experiment, stage.requireLayer()), config, snapshots.isEmpty() ? null : snapshots);
        return body(saes.train(request, key)).id();
    }

    private SaeConfig config(SaeSpec sae, Experiment experiment, ExperimentSpec spec, Stage stage) {
        SaeConfig trained = sae.resolve(seed(spec));
        return switch (stage.requireVariant()) {
            case TRAINED -> trained;
            case UNTRAINED -> trained.untrainedControl();
            case NEURONS -> ofActivations(sae, trained, experiment, stage).neurons();
            case PCA -> ofActivations(sae, trained, experiment, stage).principalDirections();
            case SECOND_SEED -> sae.resolve(seed(spec) + 1);
            case CHECKPOINT -> throw new IllegalArgumentException("a checkpoint has no training of its own");
        };
    }

    /** What neurons and principal directions take k from. */
    private SaeConfig ofActivations(SaeSpec sae, SaeConfig trained, Experiment experiment, Stage stage) {
        return sae.hasKnownK() ? trained : ControlConfigs.topK(activeLatents(experiment, stage), 1, trained.seed());
    }

    /** The trained SAE's mean number of active latents on the layer, rounded, at least 1. */
    private int activeLatents(Experiment experiment, Stage stage) {
        String encoding = resource(experiment, stage.key().of(Kind.ENCODE, Variant.TRAINED));
        var report = Objects.requireNonNull(encodings.find(encoding).report(), "a finished encoding has a report");
        return Math.toIntExact(Math.max(1, Math.min(report.width(), Math.round(report.l0()))));
    }

    private CreateEncoding encoding(Experiment experiment, ExperimentSpec spec, Stage stage) {
        return new CreateEncoding(
                resource(experiment, stage.key().training()),
                shardSet(experiment, stage.requireLayer()),
                Math.max(LEAST_TOP_EXAMPLES, scoringConfig(spec).topK()),
                stage.key().step());
    }

    private CreateScoring scoring(Experiment experiment, ExperimentSpec spec, Stage stage) {
        String encodingId = resource(experiment, stage.key().with(Kind.ENCODE));
        String codes = Objects.requireNonNull(encodings.find(encodingId).codes(), "a finished encoding has codes");
        String manifest = Objects.requireNonNull(
                datasets.find(experiment.datasetId()).manifest(), "a finished dataset has a manifest");
        Map<String, String> labels = json.readValue(
                Objects.requireNonNull(experiment.labels()), new TypeReference<Map<String, String>>() {});
        return new CreateScoring(
                codes, manifest, labels, scoringConfig(spec), spec.dataset().taxonomy());
    }

    private static CreateRelation relation(Experiment experiment, ExperimentSpec spec, Stage stage) {
        String scoring = resource(experiment, stage.key().with(Kind.SCORE));
        return new CreateRelation(scoring, null, seeded(RelationConfig.DEFAULT, seed(spec)));
    }

    private static CreateComparison comparison(Experiment experiment, ExperimentSpec spec, Stage stage) {
        StageKey key = stage.key();
        ComparisonConfig config = seeded(ComparisonConfig.DEFAULT, seed(spec));
        String trained = resource(experiment, key.of(Kind.SCORE, Variant.TRAINED));
        return stage.kind() == Kind.FOLLOW
                ? new CreateComparison(
                        CreateComparison.Kind.LAYERS,
                        trained,
                        resource(
                                experiment, key.inNextLayer(experiment.layers()).with(Kind.SCORE)),
                        config)
                : new CreateComparison(
                        CreateComparison.Kind.SEEDS, trained, resource(experiment, key.with(Kind.SCORE)), config);
    }

    private static RelationConfig seeded(RelationConfig config, long seed) {
        return new RelationConfig(
                config.minF1(),
                config.latentsPerSynset(),
                config.minSupport(),
                config.minPositives(),
                config.probeExamples(),
                config.topImages(),
                config.geometryPairs(),
                config.controlDraws(),
                config.bootstrap(),
                seed);
    }

    private static ComparisonConfig seeded(ComparisonConfig config, long seed) {
        return new ComparisonConfig(
                config.minF1(), config.minSupport(), config.controlDraws(), config.bootstrap(), seed);
    }

    private String shardSet(Experiment experiment, String layer) {
        String extraction = resource(experiment, StageKey.ofWhole(Kind.EXTRACT));
        return extractions.find(extraction).shardSets().stream()
                .filter(set -> set.tap().equals(layer))
                .map(ShardSetView::ref)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("extraction %s has no shard set of %s".formatted(extraction, layer)));
    }

    private static String resource(Experiment experiment, StageKey key) {
        return Objects.requireNonNull(experiment.stage(key).resourceId());
    }

    private static ScoringConfig scoringConfig(ExperimentSpec spec) {
        var scoring = Objects.requireNonNullElse(spec.scoring(), new ScoringSpec(null, null, null, null, null));
        return scoring.resolve(seed(spec));
    }

    private static long seed(ExperimentSpec spec) {
        return spec.seed() == null ? 0 : spec.seed();
    }

    private static <T> T body(ResponseEntity<T> answer) {
        return Objects.requireNonNull(answer.getBody(), "the answer has no body");
    }
}
