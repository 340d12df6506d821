package io.taxoscope.activationservice.extractions;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface ExtractionRepository extends Repository<Extraction, String> {
    Extraction save(Extraction extraction);

    Optional<Extraction> findById(String id);

    /** Ids grow with time, so the newest comes first. */
    List<Extraction> findAllByOrderByIdDesc();

    void deleteById(String id);

    @Query("select count(e) > 0 from Extraction e where e.modelId = ?1 and e.job.state in ('QUEUED', 'RUNNING')")
    boolean isModelBeingUsed(String modelId);

    @Query("select count(e) > 0 from Extraction e where e.datasetId = ?1 and e.job.state in ('QUEUED', 'RUNNING')")
    boolean isDatasetBeingUsed(String datasetId);

    @Query("select count(e) > 0 from Extraction e join e.targets t where t.ref = ?1 and e.id <> ?2")
    boolean isShardSetOfAnother(String ref, String id);
}
