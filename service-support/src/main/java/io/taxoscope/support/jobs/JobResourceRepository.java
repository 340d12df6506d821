package io.taxoscope.support.jobs;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.NoRepositoryBean;
import org.springframework.data.repository.Repository;

/** The rows of one kind of resource, each read together with its job. */
@NoRepositoryBean
public interface JobResourceRepository<E> extends Repository<E, String> {
    E save(E resource);

    /** One statement for both rows: two could see the job SUCCEEDED and the resource still without its report. */
    @Query("select resource from #{#entityName} resource join fetch resource.job where resource.id = :id")
    Optional<E> findById(String id);

    @Query("select resource from #{#entityName} resource join fetch resource.job order by resource.id desc")
    List<E> findAllNewestFirst();

    void delete(E resource);
}
