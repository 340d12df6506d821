package io.taxoscope.taxonomyservice.scoring;

import io.taxoscope.api.Page;
import io.taxoscope.api.taxonomy.FeatureDetail;
import io.taxoscope.api.taxonomy.FeatureSort;
import io.taxoscope.api.taxonomy.FeatureView;
import io.taxoscope.api.taxonomy.ScoreName;
import io.taxoscope.api.taxonomy.ScoringView;
import io.taxoscope.taxonomy.Hierarchy;
import io.taxoscope.taxonomy.SynsetId;
import io.taxoscope.taxonomyservice.scoring.FeaturePage.Place;
import io.taxoscope.taxonomyservice.scoring.FeatureQueries.ScoringSize;
import io.taxoscope.taxonomyservice.taxonomies.Hierarchies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The scored latents of one scoring. */
@Service
class Features {
    private final Scorings scorings;
    private final FeatureQueries queries;
    private final Hierarchies hierarchies;

    Features(Scorings scorings, FeatureQueries queries, Hierarchies hierarchies) {
        this.scorings = scorings;
        this.queries = queries;
        this.hierarchies = hierarchies;
    }

    /** @param synset the best synset must be this one or lie below it */
    Page<FeatureView> page(
            String id,
            FeatureSort sort,
            @Nullable String synset,
            @Nullable Double minF1,
            @Nullable List<String> where,
            @Nullable Boolean eligible,
            @Nullable String cursor,
            int limit) {
        var size = size(id);
        var below = synset == null ? null : atOrBelow(id, SynsetId.of(synset), size.hierarchy());
        var after = cursor == null ? null : Place.of(cursor, sort);
        return queries.page(id, new FeaturePage(sort, below, filters(minF1, where), eligible, after, limit), size);
    }

    private static List<ScoreFilter> filters(@Nullable Double minF1, @Nullable List<String> where) {
        var filters = new ArrayList<ScoreFilter>();
        if (minF1 != null) {
            filters.add(new ScoreFilter(ScoreName.F1, true, minF1));
        }
        if (where != null) {
            where.stream().map(ScoreFilter::of).forEach(filters::add);
        }
        return filters;
    }

    FeatureDetail find(String id, int latent) {
        return queries.find(id, latent, size(id))
                .orElseThrow(
                        () -> ScoringError.FEATURE_NOT_FOUND.because("scoring " + id + " has no latent " + latent));
    }

    private List<String> atOrBelow(String id, SynsetId synset, Hierarchy hierarchy) {
        int node = hierarchy.node(synset);
        return queries.bestSynsets(id).stream()
                .filter(best -> Arrays.stream(hierarchy.dag().upwards(hierarchy.node(SynsetId.of(best))))
                        .anyMatch(above -> above == node))
                .toList();
    }

    private static String state(ScoringView scoring) {
        var error = scoring.job().error();
        return error == null
                ? scoring.job().state().name()
                : "%s (%s: %s); POST /api/v1/scorings/%s/retry"
                        .formatted(scoring.job().state(), error.code(), error.detail(), scoring.id());
    }

    /** What the rows of a finished scoring are to be read with. */
    ScoringSize size(String id) {
        return scorings.with(id, scoring -> {
            var report = scoring.view().report();
            if (report == null) {
                throw ScoringError.SCORING_NOT_FINISHED.because(
                        "scoring " + id + " has no features before it has succeeded; it is " + state(scoring.view()));
            }
            return new ScoringSize(report.nExamples(), scoring.labels(), hierarchies.get(scoring.taxonomy()));
        });
    }
}
