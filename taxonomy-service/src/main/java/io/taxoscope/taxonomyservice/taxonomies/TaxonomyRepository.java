package io.taxoscope.taxonomyservice.taxonomies;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

interface TaxonomyRepository extends Repository<StoredTaxonomy, String> {
    StoredTaxonomy save(StoredTaxonomy taxonomy);

    Optional<StoredTaxonomy> findById(String id);

    List<StoredTaxonomy> findAllByOrderByCreatedAtDescIdAsc();

    void delete(StoredTaxonomy taxonomy);

    void flush();
}
