package io.taxoscope.taxonomyservice.relations;

import io.taxoscope.api.Page;
import io.taxoscope.api.taxonomy.CreateRelation;
import io.taxoscope.api.taxonomy.RelatedLatent;
import io.taxoscope.api.taxonomy.RelatedPair;
import io.taxoscope.api.taxonomy.RelatedSynset;
import io.taxoscope.api.taxonomy.RelationApi;
import io.taxoscope.api.taxonomy.RelationView;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

@RestController
class RelationController implements RelationApi {
    private final Relations relations;
    private final RelationLists lists;

    RelationController(Relations relations, RelationLists lists) {
        this.relations = relations;
        this.lists = lists;
    }

    @Override
    public ResponseEntity<RelationView> submit(CreateRelation request, @Nullable String idempotencyKey) {
        return relations.submit(request, idempotencyKey);
    }

    @Override
    public Page<RelationView> list() {
        return new Page<>(relations.list(), null);
    }

    @Override
    public RelationView find(String id) {
        return relations.view(id);
    }

    @Override
    public RelationView cancel(String id) {
        return relations.cancel(id);
    }

    @Override
    public ResponseEntity<RelationView> retry(String id) {
        return relations.retry(id);
    }

    @Override
    public ResponseEntity<Void> delete(String id) {
        return relations.delete(id);
    }

    @Override
    public Page<RelatedPair> pairs(
            String id,
            RelatedPair.Sort sort,
            @Nullable Boolean isDirect,
            @Nullable Integer latent,
            @Nullable String synset,
            @Nullable String cursor,
            int limit) {
        return lists.pairs(id, sort, isDirect, latent, synset, cursor, limit);
    }

    @Override
    public Page<RelatedSynset> synsets(
            String id, RelatedSynset.Sort sort, @Nullable String synset, @Nullable String cursor, int limit) {
        return lists.synsets(id, sort, synset, cursor, limit);
    }

    @Override
    public Page<RelatedLatent> latents(
            String id,
            RelatedLatent.Sort sort,
            @Nullable Integer latent,
            @Nullable String synset,
            @Nullable String cursor,
            int limit) {
        return lists.latents(id, sort, latent, synset, cursor, limit);
    }
}
