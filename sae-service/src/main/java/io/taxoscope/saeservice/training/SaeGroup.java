package io.taxoscope.saeservice.training;

import io.taxoscope.api.JobView;
import io.taxoscope.support.jobs.Job;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;

/** SAEs that are trained side by side. */
@Entity
@Table(name = "sae_group")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class SaeGroup {
    @Id
    private String id;

    @OneToOne(optional = false)
    @MapsId
    @JoinColumn(name = "id")
    private Job job;

    protected SaeGroup() {}

    SaeGroup(Job job) {
        this.job = job;
    }

    String id() {
        return id;
    }

    JobView jobView() {
        return job.view();
    }
}
