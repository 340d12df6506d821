package io.taxoscope.taxonomyservice.taxonomies;

import io.taxoscope.api.taxonomy.TaxonomyApi;
import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.store.ContentStore;
import io.taxoscope.taxonomy.Hierarchy;
import io.taxoscope.taxonomy.HierarchyFile;
import io.taxoscope.taxonomy.HierarchyFile.Format;
import io.taxoscope.taxonomy.WordNet;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The taxonomies by id, ready to be asked. The last few uploaded ones stay in memory. */
@Component
public class Hierarchies {
    private static final int KEPT = 4;

    private final WordNet wordNet;
    private final TaxonomyRepository taxonomies;
    private final ContentStore store;
    private final Map<String, Hierarchy> recent = new LinkedHashMap<>(16, 0.75f, true);

    Hierarchies(WordNet wordNet, TaxonomyRepository taxonomies, ContentStore store) {
        this.wordNet = wordNet;
        this.taxonomies = taxonomies;
        this.store = store;
    }

    /** @param id null means WordNet */
    public Hierarchy get(@Nullable String id) {
        return find(id).orElseThrow(() -> unknown(String.valueOf(id)));
    }

    /** @param id null means WordNet */
    public Optional<Hierarchy> find(@Nullable String id) {
        if (isWordNet(id)) {
            return Optional.of(wordNet);
        }
        // The row decides, not the cache: another process of this service may have deleted it.
        return taxonomies.findById(String.valueOf(id)).map(row -> load(String.valueOf(id), row.name()));
    }

    public static boolean isWordNet(@Nullable String id) {
        return id == null || id.equals(TaxonomyApi.WORDNET);
    }

    static TaxoscopeException unknown(String id) {
        return TaxonomyServiceError.TAXONOMY_NOT_FOUND.because("there is no taxonomy " + id);
    }

    private synchronized Hierarchy load(String id, String name) {
        var hierarchy = recent.computeIfAbsent(id, absent -> read(new Sha256(absent), name));
        if (recent.size() > KEPT) {
            recent.remove(recent.keySet().iterator().next());
        }
        return hierarchy;
    }

    private Hierarchy read(Sha256 id, String name) {
        return HierarchyFile.read(name, Format.NODES, new String(store.read(id), StandardCharsets.UTF_8), null);
    }
}
