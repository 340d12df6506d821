package io.taxoscope.activationservice.extractions;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
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

    /** Shard sets that finished extractions of a model have made. */
    @Query("select t from Extraction e join e.targets t where e.modelId = ?1 and t.ref is not null")
    List<Target> madeOf(String modelId);

    /** Keeps the extractions that made these from being removed until the transaction ends; fewer than asked: some are. */
    @Lock(LockModeType.PESSIMISTIC_READ)
    @Query("select e from Extraction e join e.targets t where t.ref in ?1")
    List<Extraction> holdMakersOf(Collection<String> refs);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select e from Extraction e where e.id = ?1")
    Optional<Extraction> findForRemoval(String id);
}
