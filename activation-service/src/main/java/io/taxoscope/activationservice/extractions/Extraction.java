package io.taxoscope.activationservice.extractions;

import io.taxoscope.api.activation.ExtractionView;
import io.taxoscope.support.jobs.Job;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A run of a model over a dataset. */
@Entity
@Table(name = "extraction")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate fills and reads the fields
class Extraction {
    /** Taken from the job when Hibernate first saves it; set before, it would pass for an entity that is known. */
    @Id
    private String id;

    @OneToOne(optional = false)
    @MapsId
    @JoinColumn(name = "id")
    private Job job;

    private String modelId;
    private String datasetId;
    private int batchSize;
    private int imagesPerShard;

    @ElementCollection
    @CollectionTable(name = "extraction_target", joinColumns = @JoinColumn(name = "extraction_id"))
    @OrderColumn(name = "position")
    private List<Target> targets = new ArrayList<>();

    protected Extraction() {}

    Extraction(Job job, Plan plan) {
        this.job = job;
        this.modelId = plan.modelId();
        this.datasetId = plan.datasetId();
        this.batchSize = plan.batchSize();
        this.imagesPerShard = plan.imagesPerShard();
        this.targets.addAll(plan.targets());
    }

    Plan plan() {
        return new Plan(modelId, datasetId, batchSize, imagesPerShard, List.copyOf(targets));
    }

    /** @param made the same targets in the same order, with their shard sets */
    void markExtracted(List<Target> made) {
        for (int i = 0; i < targets.size(); i++) {
            targets.set(i, made.get(i));
        }
    }

    ExtractionView view() {
        return new ExtractionView(
                id,
                job.view(),
                modelId,
                datasetId,
                targets.stream().map(Target::view).filter(Objects::nonNull).toList());
    }
}
