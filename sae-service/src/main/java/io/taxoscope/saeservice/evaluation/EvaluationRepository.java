package io.taxoscope.saeservice.evaluation;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Reads an evaluation and its job in one statement: two could see the job SUCCEEDED and the report still missing. */
interface EvaluationRepository extends Repository<Evaluation, String> {
    Evaluation save(Evaluation evaluation);

    @Query("select e from Evaluation e join fetch e.job where e.id = :id")
    Optional<Evaluation> findById(String id);

    @Query("select e from Evaluation e join fetch e.job order by e.id desc")
    List<Evaluation> findAllByOrderByIdDesc();

    void delete(Evaluation evaluation);
}
