package io.taxoscope.taxonomyservice.dictionaries;

import io.taxoscope.common.Sha256;
import io.taxoscope.store.Codes;
import io.taxoscope.store.ContentStore;
import io.taxoscope.taxonomy.SynsetId;
import io.taxoscope.taxonomy.Taxonomy;
import io.taxoscope.taxonomy.relations.Assignment.Best;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Finished scorings. Reads what every scoring makes public: its references, and each latent's best synset by F1. */
@Component
public class Dictionaries {
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final ContentStore store;

    Dictionaries(JdbcClient jdbc, JsonMapper json, ContentStore store) {
        this.jdbc = jdbc;
        this.json = json;
        this.store = store;
    }

    /** The scoring, or a failure that says why there is nothing to look at. */
    public ScoredDictionary get(String scoring) {
        var row = jdbc.sql("""
                        select scoring.codes, scoring.dataset, scoring.labels::text, scoring.taxonomy, job.state,
                            scoring.report is not null as is_scored
                        from scoring join job using (id) where id = ?""")
                .param(scoring)
                .query((columns, number) -> new Row(
                        columns.getString("codes"),
                        columns.getString("dataset"),
                        columns.getString("labels"),
                        columns.getString("taxonomy"),
                        columns.getString("state"),
                        columns.getBoolean("is_scored")))
                .optional()
                .orElseThrow(() -> DictionaryError.SCORING_NOT_FOUND.because("there is no scoring " + scoring));
        if (!row.isScored()) {
            throw DictionaryError.SCORING_NOT_FINISHED.because("scoring " + scoring + " is " + row.state()
                    + " and has no latents to look at: wait until it has succeeded");
        }
        return dictionary(scoring, row);
    }

    private record Row(
            String codes,
            String dataset,
            String labels,
            @Nullable String taxonomy,
            String state,
            boolean isScored) {}

    private ScoredDictionary dictionary(String scoring, Row row) {
        var codes = new Sha256(row.codes());
        if (!Codes.exists(store, codes)) {
            throw DictionaryError.unusable(
                    "scoring",
                    "the store no longer has the codes " + codes + " of scoring " + scoring
                            + ": encode and score again");
        }
        var manifest = Codes.open(store, codes).manifest();
        return new ScoredDictionary(
                scoring,
                codes,
                new Sha256(manifest.sae()),
                new Sha256(manifest.shardSet()),
                new Sha256(row.dataset()),
                json.readValue(row.labels(), new TypeReference<Map<String, String>>() {}),
                row.taxonomy());
    }

    /** Each eligible latent's best synset by held-out F1. */
    public List<Best> best(ScoredDictionary dictionary, Taxonomy taxonomy) {
        return jdbc.sql("""
                        select latent, best, (best_by -> 'F1' ->> 'f1')::float8 as f1 from feature
                        where scoring_id = ? and best is not null order by latent""")
                .param(dictionary.scoring())
                .query((row, number) -> new Best(
                        row.getInt("latent"), taxonomy.node(SynsetId.of(row.getString("best"))), row.getDouble("f1")))
                .list();
    }

    /** Latents that fire on at least {@code minSupport} examples. */
    public int countActive(ScoredDictionary dictionary, int minSupport) {
        return jdbc.sql("select count(*) from feature where scoring_id = ? and n_active >= ?")
                .params(dictionary.scoring(), minSupport)
                .query(Integer.class)
                .single();
    }
}
