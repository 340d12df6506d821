package io.taxoscope.activationservice.hub;

import io.taxoscope.api.Source;
import io.taxoscope.api.activation.CreateHubDownload;
import io.taxoscope.api.activation.HubDownloadView;
import io.taxoscope.api.activation.HubOrigin;
import io.taxoscope.api.activation.Preprocessing;
import io.taxoscope.support.jobs.Job;
import io.taxoscope.support.jobs.JobResource;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A model of the hub that is brought into the store. */
@Entity
@Table(name = "hub_download")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate fills and reads the fields
class HubDownload extends JobResource<HubDownloadView> {
    private String hf;
    private @Nullable String revision;
    private @Nullable String file;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(columnDefinition = "jsonb")
    private @Nullable Result result;

    protected HubDownload() {}

    HubDownload(Job job, CreateHubDownload request) {
        super(job);
        this.hf = request.hf();
        this.revision = request.revision();
        this.file = request.file();
    }

    /** @param preprocessing null when the repository describes none that can be done here */
    record Result(HubOrigin origin, @Nullable Preprocessing preprocessing) {}

    CreateHubDownload request() {
        return new CreateHubDownload(hf, revision, file);
    }

    void complete(Result done) {
        this.result = done;
    }

    @Override
    public HubDownloadView view() {
        HubOrigin origin = result == null ? null : result.origin();
        return new HubDownloadView(
                id(),
                job().view(),
                request(),
                origin,
                origin == null ? null : pinned(origin),
                result == null ? null : result.preprocessing());
    }

    private static Source pinned(HubOrigin origin) {
        return Source.ofHub(
                origin.repository(), origin.commit(), origin.files().getFirst().path());
    }
}
