package io.taxoscope.taxonomyservice.relations;

import io.taxoscope.api.taxonomy.CreateRelation;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSet;
import io.taxoscope.taxonomyservice.dictionaries.Dictionaries;
import io.taxoscope.taxonomyservice.dictionaries.DictionaryError;
import io.taxoscope.taxonomyservice.dictionaries.ScoredDictionary;
import org.springframework.stereotype.Component;

/** Refuses an analysis that cannot succeed while its user still waits for the answer. */
@Component
class RelationChecks {
    private final Dictionaries dictionaries;
    private final ContentStore store;

    RelationChecks(Dictionaries dictionaries, ContentStore store) {
        this.dictionaries = dictionaries;
        this.store = store;
    }

    void check(CreateRelation request) {
        var dictionary = dictionaries.get(request.scoring());
        if (request.embeddings() != null) {
            checkEmbeddings(request.embeddings(), dictionary);
        }
    }

    private void checkEmbeddings(String embeddings, ScoredDictionary dictionary) {
        var ref = hash(embeddings);
        if (!ShardSet.exists(store, ref)) {
            throw DictionaryError.unusable("embeddings", "the store has no shard set " + ref);
        }
        var manifest = ShardSet.manifest(store, ref);
        if (!manifest.hasOneRowPerExample()) {
            throw DictionaryError.unusable(
                    "embeddings", "are several vectors of each image; take those of CLS or PATCH_MEAN");
        }
        if (!manifest.dataset().equals(dictionary.dataset().hex())) {
            throw DictionaryError.unusable(
                    "embeddings",
                    "are of the dataset " + manifest.dataset() + ", the scoring of " + dictionary.dataset());
        }
    }

    private static Sha256 hash(String value) {
        try {
            return new Sha256(value);
        } catch (IllegalArgumentException malformed) {
            throw DictionaryError.unusable("embeddings", "is no SHA-256 in lower-case hex: " + value);
        }
    }
}
