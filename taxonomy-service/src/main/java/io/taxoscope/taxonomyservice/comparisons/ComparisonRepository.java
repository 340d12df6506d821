package io.taxoscope.taxonomyservice.comparisons;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface ComparisonRepository extends Repository<Comparison, String> {
    Comparison save(Comparison comparison);

    /** One statement for both rows: two could see the job SUCCEEDED and the comparison still without its report. */
    @Query("select comparison from Comparison comparison join fetch comparison.job where comparison.id = :id")
    Optional<Comparison> findById(String id);

    @Query("select comparison from Comparison comparison join fetch comparison.job order by comparison.id desc")
    List<Comparison> findAllNewestFirst();

    void delete(Comparison comparison);
}
