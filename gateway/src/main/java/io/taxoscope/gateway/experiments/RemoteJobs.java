package io.taxoscope.gateway.experiments;

import io.taxoscope.api.JobView;
import io.taxoscope.api.activation.DatasetApi;
import io.taxoscope.api.activation.ExtractionApi;
import io.taxoscope.api.gateway.ExperimentView.Stage.Kind;
import io.taxoscope.api.sae.EncodingApi;
import io.taxoscope.api.sae.SaeApi;
import io.taxoscope.api.taxonomy.ComparisonApi;
import io.taxoscope.api.taxonomy.RelationApi;
import io.taxoscope.api.taxonomy.ScoringApi;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The services' jobs behind the stages, all spoken to alike. */
@Component
class RemoteJobs {
    private final DatasetApi datasets;
    private final ExtractionApi extractions;
    private final SaeApi saes;
    private final EncodingApi encodings;
    private final ScoringApi scorings;
    private final RelationApi relations;
    private final ComparisonApi comparisons;

    RemoteJobs(
            DatasetApi datasets,
            ExtractionApi extractions,
            SaeApi saes,
            EncodingApi encodings,
            ScoringApi scorings,
            RelationApi relations,
            ComparisonApi comparisons) {
        this.datasets = datasets;
        this.extractions = extractions;
        this.saes = saes;
        this.encodings = encodings;
        this.scorings = scorings;
        this.relations = relations;
        this.comparisons = comparisons;
    }

    static @Nullable String path(Kind kind, @Nullable String id) {
        if (id == null) {
            return null;
        }
        String collection =
                switch (kind) {
                    case REGISTER_MODEL -> "models";
                    case REGISTER_DATASET, RESOLVE_LABELS -> "datasets";
                    case EXTRACT -> "extractions";
                    case TRAIN -> "saes";
                    case ENCODE -> "encodings";
                    case SCORE -> "scorings";
                    case RELATE -> "relations";
                    case COMPARE_SEEDS, FOLLOW -> "comparisons";
                };
        return "/api/v1/%s/%s".formatted(collection, id);
    }

    JobView view(Kind kind, String id) {
        return switch (kind) {
            case REGISTER_DATASET -> datasets.find(id).job();
            case EXTRACT -> extractions.find(id).job();
            case TRAIN -> saes.find(id).job();
            case ENCODE -> encodings.find(id).job();
            case SCORE -> scorings.find(id).job();
            case RELATE -> relations.find(id).job();
            case COMPARE_SEEDS, FOLLOW -> comparisons.find(id).job();
            case REGISTER_MODEL, RESOLVE_LABELS -> throw new IllegalArgumentException(kind + " is no job");
        };
    }

    void cancel(Kind kind, String id) {
        switch (kind) {
            case REGISTER_DATASET -> datasets.cancel(id);
            case EXTRACT -> extractions.cancel(id);
            case TRAIN -> saes.cancel(id);
            case ENCODE -> encodings.cancel(id);
            case SCORE -> scorings.cancel(id);
            case RELATE -> relations.cancel(id);
            case COMPARE_SEEDS, FOLLOW -> comparisons.cancel(id);
            case REGISTER_MODEL, RESOLVE_LABELS -> {}
        }
    }

    void retry(Kind kind, String id) {
        switch (kind) {
            case REGISTER_DATASET -> datasets.retry(id);
            case EXTRACT -> extractions.retry(id);
            case TRAIN -> saes.retry(id);
            case ENCODE -> encodings.retry(id);
            case SCORE -> scorings.retry(id);
            case RELATE -> relations.retry(id);
            case COMPARE_SEEDS, FOLLOW -> comparisons.retry(id);
            case REGISTER_MODEL, RESOLVE_LABELS -> {}
        }
    }

    /** Deletes what belongs to one experiment alone; models, datasets and extractions stay. */
    void delete(Kind kind, String id) {
        switch (kind) {
            case TRAIN -> saes.delete(id);
            case ENCODE -> encodings.delete(id);
            case SCORE -> scorings.delete(id);
            case RELATE -> relations.delete(id);
            case COMPARE_SEEDS, FOLLOW -> comparisons.delete(id);
            case REGISTER_MODEL, REGISTER_DATASET, RESOLVE_LABELS, EXTRACT -> {}
        }
    }
}
