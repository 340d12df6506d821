package io.taxoscope.taxonomyservice.comparisons;

import io.taxoscope.api.Page;
import io.taxoscope.api.taxonomy.ComparisonApi;
import io.taxoscope.api.taxonomy.ComparisonView;
import io.taxoscope.api.taxonomy.CreateComparison;
import io.taxoscope.api.taxonomy.MatchedLatents;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ComparisonController implements ComparisonApi {
    private final Comparisons comparisons;
    private final MatchLists lists;

    ComparisonController(Comparisons comparisons, MatchLists lists) {
        this.comparisons = comparisons;
        this.lists = lists;
    }

    @Override
    public ResponseEntity<ComparisonView> submit(CreateComparison request, @Nullable String idempotencyKey) {
        return comparisons.submit(request, idempotencyKey);
    }

    @Override
    public Page<ComparisonView> list() {
        return new Page<>(comparisons.list(), null);
    }

    @Override
    public ComparisonView find(String id) {
        return comparisons.view(id);
    }

    @Override
    public ComparisonView cancel(String id) {
        return comparisons.cancel(id);
    }

    @Override
    public ResponseEntity<ComparisonView> retry(String id) {
        return comparisons.retry(id);
    }

    @Override
    public ResponseEntity<Void> delete(String id) {
        return comparisons.delete(id);
    }

    @Override
    public Page<MatchedLatents> matches(
            String id,
            MatchedLatents.Sort sort,
            @Nullable Integer first,
            @Nullable Integer second,
            MatchedLatents.@Nullable Relation relation,
            @Nullable String synset,
            @Nullable Double minSimilarity,
            @Nullable String cursor,
            int limit) {
        return lists.matches(id, sort, first, second, relation, synset, minSimilarity, cursor, limit);
    }
}
