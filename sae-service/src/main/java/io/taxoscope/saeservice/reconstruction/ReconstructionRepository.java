package io.taxoscope.saeservice.reconstruction;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Reads a reconstruction and its job in one statement, as EncodingRepository does. */
interface ReconstructionRepository extends Repository<Reconstruction, String> {
    Reconstruction save(Reconstruction reconstruction);

    @Query("select r from Reconstruction r join fetch r.job where r.id = :id")
    Optional<Reconstruction> findById(String id);

    @Query("select r from Reconstruction r join fetch r.job order by r.id desc")
    List<Reconstruction> findAllByOrderByIdDesc();

    long countByShardSet(String shardSet);

    void delete(Reconstruction reconstruction);
}
