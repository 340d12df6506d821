package io.taxoscope.taxonomyservice.scoring;

import io.taxoscope.api.Page;
import io.taxoscope.api.taxonomy.CreateScoring;
import io.taxoscope.api.taxonomy.FeatureDetail;
import io.taxoscope.api.taxonomy.FeatureSort;
import io.taxoscope.api.taxonomy.FeatureView;
import io.taxoscope.api.taxonomy.MarkedSynset;
import io.taxoscope.api.taxonomy.ScoredSynset;
import io.taxoscope.api.taxonomy.ScoringApi;
import io.taxoscope.api.taxonomy.ScoringView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ScoringController implements ScoringApi {
    private final Scorings scorings;
    private final Features features;
    private final ScoredSynsets synsets;

    ScoringController(Scorings scorings, Features features, ScoredSynsets synsets) {
        this.scorings = scorings;
        this.features = features;
        this.synsets = synsets;
    }

    @Override
    public ResponseEntity<ScoringView> submit(CreateScoring request, @Nullable String idempotencyKey) {
        return scorings.submit(request, idempotencyKey);
    }

    @Override
    public Page<ScoringView> list() {
        return new Page<>(scorings.list(), null);
    }

    @Override
    public ScoringView find(String id) {
        return scorings.view(id);
    }

    @Override
    public ScoringView cancel(String id) {
        return scorings.cancel(id);
    }

    @Override
    public ResponseEntity<ScoringView> retry(String id) {
        return scorings.retry(id);
    }

    @Override
    public ResponseEntity<Void> delete(String id) {
        return scorings.delete(id);
    }

    @Override
    public Page<FeatureView> features(
            String id,
            FeatureSort sort,
            @Nullable String synset,
            @Nullable Double minF1,
            @Nullable List<String> where,
            @Nullable Boolean eligible,
            @Nullable String cursor,
            int limit) {
        return features.page(id, sort, synset, minF1, where, eligible, cursor, limit);
    }

    @Override
    public FeatureDetail feature(String id, int latent) {
        return features.find(id, latent);
    }

    @Override
    public Page<ScoredSynset> synsets(
            String id,
            ScoredSynset.Sort sort,
            @Nullable String synset,
            @Nullable Double minF1,
            @Nullable String cursor,
            int limit) {
        return synsets.page(id, sort, synset, minF1, cursor, limit);
    }

    @Override
    public MarkedSynset synset(String id, String wnid, int limit) {
        return synsets.find(id, wnid, limit);
    }
}
