package io.taxoscope.taxonomyservice.taxonomies;

import io.taxoscope.api.taxonomy.TaxonomyView;
import io.taxoscope.common.Sha256;
import io.taxoscope.taxonomy.Hierarchy;
import io.taxoscope.taxonomy.UploadedHierarchy;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.stream.IntStream;

/** An uploaded taxonomy: what a list shows of it. The taxonomy itself is a blob in the store, named by the id. */
@Entity
@Table(name = "taxonomy")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class StoredTaxonomy {
    @Id
    private String id;

    private String name;
    private int nNodes;
    private int nEdges;
    private int nRoots;
    private int maxDepth;
    private Instant createdAt;

    protected StoredTaxonomy() {}

    StoredTaxonomy(Sha256 id, UploadedHierarchy hierarchy, Instant now) {
        this.id = id.hex();
        this.name = hierarchy.title();
        this.nNodes = hierarchy.nOwnNodes();
        this.nEdges = hierarchy.nOwnEdges();
        this.nRoots = hierarchy.nOwnRoots();
        this.maxDepth = maxDepth(hierarchy);
        this.createdAt = now;
    }

    String name() {
        return name;
    }

    TaxonomyView view() {
        return new TaxonomyView(id, name, false, nNodes, nEdges, nRoots, maxDepth, createdAt);
    }

    static int maxDepth(Hierarchy hierarchy) {
        return IntStream.range(0, hierarchy.size())
                .map(hierarchy.dag()::maxDepth)
                .max()
                .orElseThrow();
    }
}
