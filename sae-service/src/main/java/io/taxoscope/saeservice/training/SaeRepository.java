package io.taxoscope.saeservice.training;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Reads an SAE and its job in one statement: two could see the job SUCCEEDED and the result still missing. */
interface SaeRepository extends Repository<Sae, String> {
    Sae save(Sae sae);

    @Query("select sae from Sae sae join fetch sae.job where sae.id = :id")
    Optional<Sae> findById(String id);

    @Query("select sae from Sae sae join fetch sae.job order by sae.id desc")
    List<Sae> findAllByOrderByIdDesc();

    void delete(Sae sae);

    void flush();
}
