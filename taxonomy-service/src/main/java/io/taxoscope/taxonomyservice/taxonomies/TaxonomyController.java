package io.taxoscope.taxonomyservice.taxonomies;

import io.taxoscope.api.Page;
import io.taxoscope.api.taxonomy.CreateTaxonomy;
import io.taxoscope.api.taxonomy.TaxonomyApi;
import io.taxoscope.api.taxonomy.TaxonomyView;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TaxonomyController implements TaxonomyApi {
    private final Taxonomies taxonomies;

    TaxonomyController(Taxonomies taxonomies) {
        this.taxonomies = taxonomies;
    }

    @Override
    public ResponseEntity<TaxonomyView> create(CreateTaxonomy request) {
        var created = taxonomies.create(request);
        return ResponseEntity.status(created.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                .location(URI.create("/api/v1/taxonomies/" + created.view().id()))
                .body(created.view());
    }

    @Override
    public Page<TaxonomyView> list() {
        return new Page<>(taxonomies.list(), null);
    }

    @Override
    public TaxonomyView find(String id) {
        return taxonomies.find(id);
    }

    @Override
    public ResponseEntity<Void> delete(String id) {
        taxonomies.delete(id);
        return ResponseEntity.noContent().build();
    }
}
