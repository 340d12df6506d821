package io.taxoscope.sdk;

import io.taxoscope.api.Page;
import io.taxoscope.api.gateway.ExperimentApi;
import io.taxoscope.api.gateway.ExperimentFeature;
import io.taxoscope.api.taxonomy.FeatureSort;
import io.taxoscope.api.taxonomy.ScoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A selection of one layer's latents; every method that narrows it returns a new one. */
public final class Features {
    private static final int PAGE = 500;

    private final ExperimentApi experiments;
    private final String id;
    private final String layer;
    private final FeatureSort sort;
    private final @Nullable String synset;
    private final @Nullable Double minF1;
    private final List<String> where;

    Features(ExperimentApi experiments, String id, String layer) {
        this(experiments, id, layer, FeatureSort.F1, null, null, List.of());
    }

    private Features(
            ExperimentApi experiments,
            String id,
            String layer,
            FeatureSort sort,
            @Nullable String synset,
            @Nullable Double minF1,
            List<String> where) {
        this.experiments = experiments;
        this.id = id;
        this.layer = layer;
        this.sort = sort;
        this.synset = synset;
        this.minF1 = minF1;
        this.where = List.copyOf(where);
    }

    public Features sortedBy(FeatureSort other) {
        return new Features(experiments, id, layer, other, synset, minF1, where);
    }

    /** Only latents whose best synset is this one or lies below it. */
    public Features below(String wnid) {
        return new Features(experiments, id, layer, sort, wnid, minF1, where);
    }

    /** Only latents whose held-out F1 reaches this. */
    public Features withF1(double least) {
        return new Features(experiments, id, layer, sort, synset, least, where);
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
        var conditions = new ArrayList<>(where);
        conditions.add(condition);
        return new Features(experiments, id, layer, sort, synset, minF1, conditions);
    }

    /** All of them, in order; a page is asked for when the reader comes to it. */
    public Stream<ExperimentFeature> stream() {
        return Stream.iterate(page(null), page -> page != null, this::after).flatMap(page -> page.items().stream());
    }

    private @Nullable Page<ExperimentFeature> after(Page<ExperimentFeature> page) {
        return page.nextCursor() == null ? null : page(page.nextCursor());
    }

    private Page<ExperimentFeature> page(@Nullable String cursor) {
        return experiments.features(id, layer, sort, synset, minF1, where, cursor, PAGE);
    }
}
