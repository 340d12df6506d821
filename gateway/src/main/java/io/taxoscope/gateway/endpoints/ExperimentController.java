package io.taxoscope.gateway.endpoints;

import io.taxoscope.api.Page;
import io.taxoscope.api.gateway.ExperimentApi;
import io.taxoscope.api.gateway.ExperimentFeature;
import io.taxoscope.api.gateway.ExperimentFeatureDetail;
import io.taxoscope.api.gateway.ExperimentSpec;
import io.taxoscope.api.gateway.ExperimentView;
import io.taxoscope.api.gateway.LayerComparison;
import io.taxoscope.api.gateway.LayerRelation;
import io.taxoscope.api.gateway.LayerReport;
import io.taxoscope.api.gateway.LearningCurve;
import io.taxoscope.api.gateway.SynsetCoverage;
import io.taxoscope.api.gateway.SynsetLatents;
import io.taxoscope.api.gateway.Variant;
import io.taxoscope.api.taxonomy.FeatureSort;
import io.taxoscope.gateway.experiments.DictionaryChoice;
import io.taxoscope.gateway.experiments.Experiments;
import io.taxoscope.gateway.results.Analyses;
import io.taxoscope.gateway.results.Features;
import io.taxoscope.gateway.results.LayerReports;
import io.taxoscope.gateway.results.Synsets;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ExperimentController implements ExperimentApi {
    private final Experiments experiments;
    private final LayerReports reports;
    private final Features features;
    private final Analyses analyses;
    private final Synsets synsets;

    ExperimentController(
            Experiments experiments, LayerReports reports, Features features, Analyses analyses, Synsets synsets) {
        this.experiments = experiments;
        this.reports = reports;
        this.features = features;
        this.analyses = analyses;
        this.synsets = synsets;
    }

    @Override
    public ResponseEntity<ExperimentView> submit(ExperimentSpec spec, @Nullable String idempotencyKey) {
        return accepted(experiments.submit(spec, idempotencyKey));
    }

    static ResponseEntity<ExperimentView> accepted(ExperimentView experiment) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/experiments/" + experiment.id()))
                .body(experiment);
    }

    @Override
    public Page<ExperimentView> list(@Nullable String cursor, int limit) {
        return experiments.list(cursor, limit);
    }

    @Override
    public ExperimentView find(String id) {
        return experiments.find(id);
    }

    @Override
    public ExperimentView cancel(String id) {
        return experiments.cancel(id);
    }

    @Override
    public ResponseEntity<ExperimentView> retry(String id) {
        return accepted(experiments.retry(id));
    }

    @Override
    public ResponseEntity<Void> delete(String id) {
        experiments.delete(id);
        return ResponseEntity.noContent().build();
    }

    @Override
    public Page<LayerReport> layers(String id) {
        return new Page<>(reports.of(id), null);
    }

    @Override
    public LearningCurve curve(String id, String layer) {
        return reports.curve(id, layer);
    }

    @Override
    public Page<LayerRelation> relations(String id) {
        return new Page<>(analyses.relations(id), null);
    }

    @Override
    public Page<LayerComparison> comparisons(String id) {
        return new Page<>(analyses.comparisons(id), null);
    }

    @Override
    public SynsetCoverage synsets(String id, Variant variant, @Nullable Integer step, int limit) {
        return synsets.coverage(id, DictionaryChoice.of(variant, step), limit);
    }

    @Override
    public SynsetLatents synset(String id, String wnid, Variant variant, @Nullable Integer step, int limit) {
        return synsets.latents(id, wnid, DictionaryChoice.of(variant, step), limit);
    }

    @Override
    public Page<ExperimentFeature> features(
            String id,
            String layer,
            Variant variant,
            @Nullable Integer step,
            FeatureSort sort,
            @Nullable String synset,
            @Nullable Double minF1,
            @Nullable List<String> where,
            @Nullable String cursor,
            int limit) {
        var dictionary = DictionaryChoice.of(variant, step);
        return features.page(id, layer, new Features.Query(dictionary, sort, synset, minF1, where, cursor, limit));
    }

    @Override
    public ExperimentFeatureDetail feature(
            String id, String layer, int latent, Variant variant, @Nullable Integer step) {
        return features.detail(id, layer, DictionaryChoice.of(variant, step), latent);
    }
}
