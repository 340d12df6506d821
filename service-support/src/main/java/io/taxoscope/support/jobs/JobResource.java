package io.taxoscope.support.jobs;

import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Version;

/**
 * What a job makes: a row of its own beside the job's, with the same id.
 *
 * @param <V> what the contract shows of it
 */
@MappedSuperclass
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate fills and reads the fields
public abstract class JobResource<V> {
    @Id
    private String id;

    @OneToOne(optional = false)
    @MapsId
    @JoinColumn(name = "id")
    private Job job;

    @Version
    private long version;

    protected JobResource() {}

    protected JobResource(Job job) {
        this.job = job;
    }

    public String id() {
        return id;
    }

    protected Job job() {
        return job;
    }

    /** As the contract shows it. */
    public abstract V view();
}
