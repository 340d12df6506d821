package io.taxoscope.saeservice.reconstruction;

import io.taxoscope.api.sae.CreateReconstruction;
import io.taxoscope.api.sae.ReconstructionView;
import io.taxoscope.common.Sha256;
import io.taxoscope.support.jobs.Job;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decoded codes as a shard set. */
@Entity
@Table(name = "reconstruction")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class Reconstruction {
    @Id
    private String id;

    @OneToOne(optional = false)
    @MapsId
    @JoinColumn(name = "id")
    private Job job;

    private String request;
    private String activations;
    private @Nullable String shardSet;
    private @Nullable Integer nChanged;

    protected Reconstruction() {}

    /** @param request a CreateReconstruction as JSON */
    Reconstruction(Job job, String request, Sha256 activations) {
        this.job = job;
        this.request = request;
        this.activations = activations.hex();
    }

    String request() {
        return request;
    }

    /** The shard set made, unless it happens to be the activations themselves. */
    @Nullable Sha256 ownShardSet() {
        return shardSet == null || shardSet.equals(activations) ? null : new Sha256(shardSet);
    }

    void markDecoded(Sha256 made, int changed) {
        this.shardSet = made.hex();
        this.nChanged = changed;
    }

    ReconstructionView view(CreateReconstruction asked) {
        return new ReconstructionView(
                id,
                job.view(),
                asked.encodingId(),
                activations,
                Objects.requireNonNullElse(asked.edits(), List.of()),
                asked.keepError(),
                shardSet,
                nChanged);
    }
}
