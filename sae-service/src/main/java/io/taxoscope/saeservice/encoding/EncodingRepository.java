package io.taxoscope.saeservice.encoding;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

interface EncodingRepository extends Repository<Encoding, String> {
    Encoding save(Encoding encoding);

    Optional<Encoding> findById(String id);

    List<Encoding> findAllByOrderByIdDesc();

    long countByCodes(String codes);

    void delete(Encoding encoding);
}
