package io.taxoscope.taxonomyservice.dictionaries;

import io.taxoscope.common.Sha256;
import io.taxoscope.store.Codes;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.DType;
import io.taxoscope.store.DatasetManifest;
import io.taxoscope.store.DatasetManifest.Example;
import io.taxoscope.store.Safetensors;
import io.taxoscope.store.ShardSet;
import io.taxoscope.taxonomy.Hierarchy;
import io.taxoscope.taxonomy.SynsetId;
import io.taxoscope.taxonomy.Taxonomy;
import io.taxoscope.taxonomy.relations.DenseRows;
import io.taxoscope.taxonomy.relations.Directions;
import io.taxoscope.taxonomy.relations.Firings;
import io.taxoscope.taxonomy.relations.LabelledExamples;
import io.taxoscope.taxonomyservice.taxonomies.Hierarchies;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Reads what a scored dictionary names from the store. */
@Component
public class DictionaryFiles {
    private final ContentStore store;
    private final Hierarchies hierarchies;

    DictionaryFiles(ContentStore store, Hierarchies hierarchies) {
        this.store = store;
        this.hierarchies = hierarchies;
    }

    public Hierarchy hierarchy(ScoredDictionary dictionary) {
        return hierarchies.get(dictionary.taxonomy());
    }

    /** Classes are numbered by ascending id, as in the scoring. */
    public LabelledExamples labels(ScoredDictionary dictionary) {
        List<String> classes = List.copyOf(new TreeSet<>(dictionary.labels().values()));
        Map<String, Integer> numberOf = new HashMap<>();
        classes.forEach(each -> numberOf.put(each, numberOf.size()));
        var examples = DatasetManifest.read(store, dictionary.dataset()).examples();
        int[] classOf = new int[examples.size()];
        for (Example example : examples) {
            classOf[example.index()] = numberOf.getOrDefault(dictionary.labels().getOrDefault(example.label(), ""), -1);
        }
        var taxonomy = Taxonomy.over(
                hierarchy(dictionary).dag(), classes.stream().map(SynsetId::of).toList());
        return new LabelledExamples(taxonomy, classOf);
    }

    /** @param checkpoint called after each shard; may throw */
    public Firings firings(ScoredDictionary dictionary, Runnable checkpoint) {
        var codes = Codes.open(store, dictionary.codes());
        var builder = new Firings.Builder(codes.nExamples(), codes.nLatents());
        codes.forEachShard(shard -> {
            for (int row = 0; row < shard.nExamples(); row++) {
                for (int at = shard.begin(row); at < shard.end(row); at++) {
                    builder.add(shard.latent(at), shard.value(at));
                }
                builder.endRow();
            }
            checkpoint.run();
        });
        return builder.build();
    }

    public boolean hasDirections(ScoredDictionary dictionary) {
        return store.has(dictionary.sae());
    }

    public Directions directions(ScoredDictionary dictionary) {
        try (Safetensors weights = Safetensors.read(store.blob(dictionary.sae()))) {
            var shape = weights.info("W_dec").shape();
            int nLatents = Math.toIntExact(shape.getFirst());
            int width = Math.toIntExact(shape.getLast());
            weights.require("W_dec", DType.F32, nLatents, width);
            weights.require("b_dec", DType.F32, width);
            return new Directions(nLatents, width, weights.floats("W_dec"), weights.floats("b_dec"));
        }
    }

    public boolean hasRows(Sha256 shardSet) {
        return ShardSet.exists(store, shardSet);
    }

    /** To be closed by the caller. */
    public ShardSet rows(Sha256 shardSet) {
        return ShardSet.open(store, shardSet);
    }

    public static DenseRows asRows(ShardSet set) {
        return new DenseRows() {
            @Override
            public int nExamples() {
                return set.nExamples();
            }

            @Override
            public int width() {
                return set.width();
            }

            @Override
            public void gather(int[] examples, int count, float[] out_bd) {
                set.gather(examples, count, out_bd);
            }
        };
    }
}
