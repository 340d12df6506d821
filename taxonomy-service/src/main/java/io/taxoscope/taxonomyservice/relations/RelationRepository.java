package io.taxoscope.taxonomyservice.relations;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface RelationRepository extends Repository<Relation, String> {
    Relation save(Relation relation);

    /** One statement for both rows: two could see the job SUCCEEDED and the relation still without its report. */
    @Query("select relation from Relation relation join fetch relation.job where relation.id = :id")
    Optional<Relation> findById(String id);

    @Query("select relation from Relation relation join fetch relation.job order by relation.id desc")
    List<Relation> findAllNewestFirst();

    void delete(Relation relation);
}
