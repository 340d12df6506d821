package io.taxoscope.activationservice.datasets;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

interface DatasetRepository extends Repository<Dataset, String> {
    Dataset save(Dataset dataset);

    Optional<Dataset> findById(String id);

    /** Ids grow with time, so the newest comes first. */
    List<Dataset> findAllByOrderByIdDesc();

    void deleteById(String id);
}
