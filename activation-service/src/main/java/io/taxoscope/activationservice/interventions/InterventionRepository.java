package io.taxoscope.activationservice.interventions;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Reads an intervention and its job in one statement: two could see the job SUCCEEDED and the report still missing. */
interface InterventionRepository extends Repository<Intervention, String> {
    Intervention save(Intervention intervention);

    @Query("select i from Intervention i join fetch i.job where i.id = :id")
    Optional<Intervention> findById(String id);

    @Query("select i from Intervention i join fetch i.job order by i.id desc")
    List<Intervention> findAllByOrderByIdDesc();

    @Query("select count(i) > 0 from Intervention i where i.modelId = ?1 and i.job.state in ('QUEUED', 'RUNNING')")
    boolean isModelBeingUsed(String modelId);

    void delete(Intervention intervention);
}
