package io.taxoscope.saeservice.evaluation;

import io.taxoscope.api.sae.EvaluationView;
import io.taxoscope.support.jobs.Job;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** What an encoding keeps of its activations. */
@Entity
@Table(name = "evaluation")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class Evaluation {
    @Id
    private String id;

    @OneToOne(optional = false)
    @MapsId
    @JoinColumn(name = "id")
    private Job job;

    private String request;
    private @Nullable String report;

    protected Evaluation() {}

    /** @param request a CreateEvaluation as JSON */
    Evaluation(Job job, String request) {
        this.job = job;
        this.request = request;
    }

    String request() {
        return request;
    }

    @Nullable String report() {
        return report;
    }

    void markEvaluated(String made) {
        this.report = made;
    }

    EvaluationView view(String encodingId, EvaluationView.@Nullable Report made) {
        return new EvaluationView(id, job.view(), encodingId, made);
    }
}
