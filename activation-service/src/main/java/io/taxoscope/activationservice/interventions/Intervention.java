package io.taxoscope.activationservice.interventions;

import io.taxoscope.api.activation.CreateIntervention;
import io.taxoscope.api.activation.InterventionView;
import io.taxoscope.api.activation.TokenSelection;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ShardSetManifest;
import io.taxoscope.support.jobs.Job;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A run of a model with other vectors in a tap's place. */
@Entity
@Table(name = "intervention")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class Intervention {
    @Id
    private String id;

    @OneToOne(optional = false)
    @MapsId
    @JoinColumn(name = "id")
    private Job job;

    private String request;
    private String modelId;
    private String dataset;
    private String tap;
    private String token;
    private @Nullable String report;
    private @Nullable String examples;

    protected Intervention() {}

    /** @param request a CreateIntervention as JSON */
    Intervention(Job job, String request, ShardSetManifest activations) {
        this.job = job;
        this.request = request;
        this.modelId = activations.model();
        this.dataset = activations.dataset();
        this.tap = activations.tap();
        this.token = activations.token();
    }

    String request() {
        return request;
    }

    @Nullable String report() {
        return report;
    }

    @Nullable Sha256 examples() {
        return examples == null ? null : new Sha256(examples);
    }

    void markDone(String made, Sha256 lines) {
        this.report = made;
        this.examples = lines.hex();
    }

    InterventionView view(CreateIntervention asked, InterventionView.@Nullable Report made) {
        return new InterventionView(
                id,
                job.view(),
                modelId,
                dataset,
                tap,
                TokenSelection.valueOf(token),
                asked.activations(),
                asked.replacement(),
                asked.kind(),
                made);
    }
}
