package io.taxoscope.gateway.results;

import io.taxoscope.api.gateway.ExperimentView.Stage.Kind;
import io.taxoscope.api.gateway.LayerComparison;
import io.taxoscope.api.gateway.LayerRelation;
import io.taxoscope.api.taxonomy.ComparisonApi;
import io.taxoscope.api.taxonomy.ComparisonView;
import io.taxoscope.api.taxonomy.RelationApi;
import io.taxoscope.gateway.experiments.ExperimentCatalog;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What was asked of the scored latents of an experiment beyond their scores. */
@Component
public class Analyses {
    private final ExperimentCatalog catalog;
    private final RelationApi relations;
    private final ComparisonApi comparisons;

    Analyses(ExperimentCatalog catalog, RelationApi relations, ComparisonApi comparisons) {
        this.catalog = catalog;
        this.relations = relations;
        this.comparisons = comparisons;
    }

    /** Those that are done, in the order of layers. */
    public List<LayerRelation> relations(String experimentId) {
        return Parallel.map(
                catalog.results(experimentId, Set.of(Kind.RELATE)),
                result -> new LayerRelation(
                        result.layer(),
                        result.variant(),
                        result.resourceId(),
                        Objects.requireNonNull(
                                relations.find(result.resourceId()).report(), "a finished relation has a report")));
    }

    /** Those that are done, in the order of layers. */
    public List<LayerComparison> comparisons(String experimentId) {
        return Parallel.map(catalog.results(experimentId, Set.of(Kind.COMPARE_SEEDS, Kind.FOLLOW)), result -> {
            ComparisonView view = comparisons.find(result.resourceId());
            return new LayerComparison(
                    view.kind(),
                    result.layer(),
                    result.nextLayer(),
                    result.resourceId(),
                    Objects.requireNonNull(view.report(), "a finished comparison has a report"));
        });
    }
}
