package io.taxoscope.sdk;

import io.taxoscope.api.Page;
import io.taxoscope.api.gateway.ExperimentApi;
import io.taxoscope.api.gateway.ExperimentFeature;
import io.taxoscope.api.gateway.Variant;
import io.taxoscope.api.taxonomy.FeatureSort;
import io.taxoscope.api.taxonomy.ScoreName;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A selection of one layer's latents; every method that narrows or turns it returns a new one. */
public final class Features {
    private static final int PAGE = 500;

    private final ExperimentApi experiments;
    private final String id;
    private final String layer;
    private final Query query;

    Features(ExperimentApi experiments, String id, String layer) {
        this(experiments, id, layer, new Query(Variant.TRAINED, null, FeatureSort.F1, null, null, List.of()));
    }

    private Features(ExperimentApi experiments, String id, String layer, Query query) {
        this.experiments = experiments;
        this.id = id;
        this.layer = layer;
        this.query = query;
    }

    private record Query(
            Variant variant,
            @Nullable Integer step,
            FeatureSort sort,
            @Nullable String synset,
            @Nullable Double minF1,
            List<String> where) {}

    /** Those of another dictionary of the layer; of a checkpoint by {@link #atStep}. */
    public Features of(Variant variant) {
        return with(new Query(variant, null, query.sort, query.synset, query.minF1, query.where));
    }

    /** Those of the SAE as it was at a step of its training, one of the experiment's curve. */
    public Features atStep(int step) {
        return with(new Query(Variant.CHECKPOINT, step, query.sort, query.synset, query.minF1, query.where));
    }

    public Features sortedBy(FeatureSort sort) {
        return with(new Query(query.variant, query.step, sort, query.synset, query.minF1, query.where));
    }

    /** Only latents whose best synset is this one or lies below it. */
    public Features below(String wnid) {
        return with(new Query(query.variant, query.step, query.sort, wnid, query.minF1, query.where));
    }

    /** Only latents whose held-out F1 reaches this. */
    public Features withF1(double least) {
        return with(new Query(query.variant, query.step, query.sort, query.synset, least, query.where));
    }

    /** Only latents that have this score and reach {@code least} in it. */
    public Features atLeast(ScoreName score, double least) {
        return and(score + ">=" + least);
    }

    /** Only latents that have this score and stay at or below {@code most} in it. */
    public Features atMost(ScoreName score, double most) {
        return and(score + "<=" + most);
    }

    private Features and(String condition) {
        var where = Stream.concat(query.where.stream(), Stream.of(condition)).toList();
        return with(new Query(query.variant, query.step, query.sort, query.synset, query.minF1, where));
    }

    private Features with(Query changed) {
        return new Features(experiments, id, layer, changed);
    }

    /** All of them, in order; a page is asked for when the reader comes to it. */
    public Stream<ExperimentFeature> stream() {
        return Stream.iterate(page(null), page -> page != null, this::after).flatMap(page -> page.items().stream());
    }

    private @Nullable Page<ExperimentFeature> after(Page<ExperimentFeature> page) {
        return page.nextCursor() == null ? null : page(page.nextCursor());
    }

    private Page<ExperimentFeature> page(@Nullable String cursor) {
        return experiments.features(
                id, layer, query.variant, query.step, query.sort, query.synset, query.minF1, query.where, cursor, PAGE);
    }
}
