package io.taxoscope.taxonomyservice.scoring;

import io.taxoscope.api.taxonomy.Criterion;
import io.taxoscope.api.taxonomy.FeatureView.BestSynset;
import io.taxoscope.api.taxonomy.ScoreName;
import io.taxoscope.taxonomy.Taxonomy;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The scores of a latent as they stand in the JSON columns of its row. */
@Component
class StoredScores {
    private final JsonMapper json;

    StoredScores(JsonMapper json) {
        this.json = json;
    }

    /** A best synset without its name, which WordNet knows. */
    record StoredSynset(
            String wnid,
            int height,
            int nClasses,
            double precision,
            double recall,
            double f1,
            double lift,
            double mcc,
            double ap,
            double auroc,
            double purity,
            double pValue,
            double qValue) {
        static StoredSynset of(Taxonomy taxonomy, io.taxoscope.taxonomy.scoring.BestSynset best) {
            return new StoredSynset(
                    taxonomy.id(best.node()).value(),
                    taxonomy.height(best.node()),
                    taxonomy.classesBelow(best.node()).length,
                    best.precision(),
                    best.recall(),
                    best.f1(),
                    best.lift(),
                    best.mcc(),
                    best.ap(),
                    best.auroc(),
                    best.purity(),
                    best.pValue(),
                    best.qValue());
        }

        BestSynset named(String name) {
            return new BestSynset(
                    wnid, name, height, nClasses, precision, recall, f1, lift, mcc, ap, auroc, purity, pValue, qValue);
        }
    }

    String write(Map<?, ?> values) {
        return json.writeValueAsString(values);
    }

    Map<ScoreName, Double> scores(@Nullable String column) {
        return sorted(ScoreName.class, json.readValue(column, new TypeReference<Map<ScoreName, Double>>() {}));
    }

    Map<Criterion, StoredSynset> bestBy(@Nullable String column) {
        return sorted(Criterion.class, json.readValue(column, new TypeReference<Map<Criterion, StoredSynset>>() {}));
    }

    private static <K extends Enum<K>, V> Map<K, V> sorted(Class<K> names, Map<K, V> values) {
        var sorted = new EnumMap<K, V>(names);
        sorted.putAll(values);
        return sorted;
    }
}
