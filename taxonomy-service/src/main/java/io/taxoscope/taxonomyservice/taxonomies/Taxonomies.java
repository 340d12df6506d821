package io.taxoscope.taxonomyservice.taxonomies;

import io.taxoscope.api.taxonomy.CreateTaxonomy;
import io.taxoscope.api.taxonomy.TaxonomyApi;
import io.taxoscope.api.taxonomy.TaxonomyView;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.store.ContentStore;
import io.taxoscope.taxonomy.HierarchyFile;
import io.taxoscope.taxonomy.HierarchyFile.Format;
import io.taxoscope.taxonomy.WordNet;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps uploaded taxonomies: their text in the store, a row for each in the database. */
@Service
class Taxonomies {
    private final WordNet wordNet;
    private final TaxonomyRepository taxonomies;
    private final ContentStore store;
    private final Texts texts;
    private final Clock clock;

    Taxonomies(WordNet wordNet, TaxonomyRepository taxonomies, ContentStore store, Texts texts, Clock clock) {
        this.wordNet = wordNet;
        this.taxonomies = taxonomies;
        this.store = store;
        this.texts = texts;
        this.clock = clock;
    }

    record Created(TaxonomyView view, boolean isNew) {}

    Created create(CreateTaxonomy request) {
        var source = texts.read("source", request.source());
        var labels = request.labels() == null ? null : texts.read("labels", request.labels());
        var format = Format.valueOf(request.format().name());
        var hierarchy = HierarchyFile.read(request.name().strip(), format, source, labels);
        var id = store.put(HierarchyFile.canonical(hierarchy).getBytes(StandardCharsets.UTF_8));
        var known = taxonomies.findById(id.hex());
        if (known.isPresent()) {
            return new Created(known.get().view(), false);
        }
        try {
            return new Created(
                    taxonomies.save(new StoredTaxonomy(id, hierarchy, now())).view(), true);
        } catch (DataIntegrityViolationException createdMeanwhile) {
            return new Created(row(id.hex()).view(), false);
        }
    }

    List<TaxonomyView> list() {
        var views = new ArrayList<TaxonomyView>();
        views.add(wordNet());
        taxonomies.findAllByOrderByCreatedAtDescIdAsc().forEach(each -> views.add(each.view()));
        return views;
    }

    TaxonomyView find(String id) {
        return Hierarchies.isWordNet(id) ? wordNet() : row(id).view();
    }

    /** Deletes the row; the text stays in the store, where another row may name it too. */
    @Transactional
    public void delete(String id) {
        if (Hierarchies.isWordNet(id)) {
            throw TaxonomyServiceError.TAXONOMY_BUILT_IN.because(id + " is built in and cannot be deleted");
        }
        try {
            taxonomies.delete(row(id));
            taxonomies.flush();
        } catch (DataIntegrityViolationException used) {
            throw new TaxoscopeException(
                    TaxonomyServiceError.TAXONOMY_IN_USE,
                    "taxonomy " + id + " has scorings; delete them first (GET /api/v1/scorings lists them)",
                    used);
        }
    }

    /** As exact as the database keeps it, so that the first answer equals all later ones. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private StoredTaxonomy row(String id) {
        return taxonomies.findById(id).orElseThrow(() -> Hierarchies.unknown(id));
    }

    private TaxonomyView wordNet() {
        int edges = 0;
        for (int node = 0; node < wordNet.size(); node++) {
            edges += wordNet.dag().parents(node).length;
        }
        return new TaxonomyView(
                TaxonomyApi.WORDNET,
                wordNet.title(),
                true,
                wordNet.size(),
                edges,
                1,
                StoredTaxonomy.maxDepth(wordNet),
                null);
    }
}
