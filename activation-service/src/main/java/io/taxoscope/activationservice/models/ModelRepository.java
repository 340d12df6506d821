package io.taxoscope.activationservice.models;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

interface ModelRepository extends Repository<Model, String> {
    Model save(Model model);

    Optional<Model> findById(String id);

    List<Model> findAllByOrderByCreatedAtDescIdAsc();

    void deleteById(String id);
}
