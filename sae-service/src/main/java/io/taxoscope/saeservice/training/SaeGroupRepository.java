package io.taxoscope.saeservice.training;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Groups, each with its job in one statement, and their members. */
interface SaeGroupRepository extends Repository<SaeGroup, String> {
    SaeGroup save(SaeGroup group);

    @Query("select g from SaeGroup g join fetch g.job where g.id = :id")
    Optional<SaeGroup> findById(String id);

    @Query("select sae from Sae sae join fetch sae.job where sae.groupId = :id order by sae.groupPosition")
    List<Sae> findMembers(String id);

    void delete(SaeGroup group);

    void flush();
}
