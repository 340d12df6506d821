package io.taxoscope.saeservice.encoding;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Reads an encoding and its job in one statement: two could see the job SUCCEEDED and the result still missing. */
interface EncodingRepository extends Repository<Encoding, String> {
    Encoding save(Encoding encoding);

    @Query("select encoding from Encoding encoding join fetch encoding.job where encoding.id = :id")
    Optional<Encoding> findById(String id);

    @Query("select encoding from Encoding encoding join fetch encoding.job order by encoding.id desc")
    List<Encoding> findAllByOrderByIdDesc();

    long countByCodes(String codes);

    void delete(Encoding encoding);
}
