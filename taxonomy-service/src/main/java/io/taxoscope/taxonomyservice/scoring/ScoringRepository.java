package io.taxoscope.taxonomyservice.scoring;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface ScoringRepository extends Repository<Scoring, String> {
    Scoring save(Scoring scoring);

    /** One statement for both rows: two could see the job SUCCEEDED and the scoring still without its report. */
    @Query("select scoring from Scoring scoring join fetch scoring.job where scoring.id = :id")
    Optional<Scoring> findById(String id);

    @Query("select scoring from Scoring scoring join fetch scoring.job order by scoring.id desc")
    List<Scoring> findAllNewestFirst();

    void delete(Scoring scoring);
}
