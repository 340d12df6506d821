package io.taxoscope.gateway.experiments;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface ExperimentRepository extends Repository<Experiment, String> {
    Experiment save(Experiment experiment);

    Optional<Experiment> findById(String id);

    /** Newest first: ids sort by time. */
    @Query("select e from Experiment e join fetch e.job where e.id < :before order by e.id desc")
    List<Experiment> findBefore(String before, Limit limit);

    void delete(Experiment experiment);
}
