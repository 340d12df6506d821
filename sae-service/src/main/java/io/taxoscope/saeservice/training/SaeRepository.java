package io.taxoscope.saeservice.training;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

interface SaeRepository extends Repository<Sae, String> {
    Sae save(Sae sae);

    Optional<Sae> findById(String id);

    List<Sae> findAllByOrderByIdDesc();

    void delete(Sae sae);

    void flush();
}
