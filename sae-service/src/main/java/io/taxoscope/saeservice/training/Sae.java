package io.taxoscope.saeservice.training;

import io.taxoscope.api.JobView;
import io.taxoscope.api.sae.ImportedSae;
import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.api.sae.SaeView;
import io.taxoscope.api.sae.SaeView.CurvePoint;
import io.taxoscope.api.sae.SaeView.Provenance;
import io.taxoscope.api.sae.SaeView.Snapshot;
import io.taxoscope.common.Sha256;
import io.taxoscope.sae.Shape;
import io.taxoscope.support.jobs.Job;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Objects;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** An SAE, from its order to its weights. */
@Entity
@DynamicUpdate
@Table(name = "sae")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class Sae {
    @Id
    private String id;

    @OneToOne(optional = false)
    @MapsId
    @JoinColumn(name = "id")
    private Job job;

    private @Nullable String shardSet;
    private @Nullable String config;
    private @Nullable String imported;

    @SuppressWarnings("unused") // a column for whoever reads the table
    private int k;

    private int inputWidth;
    private int latents;
    private @Nullable String weights;
    private @Nullable String snapshots;
    private @Nullable String kernel;
    private @Nullable Integer threads;
    private @Nullable String codeRevision;
    private double trainingSeconds;
    private @Nullable Integer stoppedAt;
    private @Nullable String groupId;

    @SuppressWarnings("unused") // orders the members of a group
    private @Nullable Integer groupPosition;

    private boolean inGroupPass;

    protected Sae() {}

    /** @param snapshots the order's, as JSON */
    Sae(Job job, SaeOrder order, String config, @Nullable String snapshots) {
        this.job = job;
        this.shardSet = order.shardSet().hex();
        this.config = config;
        this.snapshots = snapshots;
        this.k = order.config().k();
        this.inputWidth = order.shape().width();
        this.latents = order.shape().latents();
    }

    /**
     * An SAE that was trained elsewhere.
     *
     * @param imported where it comes from, as JSON
     */
    Sae(Job job, Shape shape, int k, Sha256 weights, String imported) {
        this.job = job;
        this.k = k;
        this.inputWidth = shape.width();
        this.latents = shape.latents();
        this.weights = weights.hex();
        this.imported = imported;
    }

    /** Makes this a member of a group, which trains it. */
    void joinGroup(String group, int position) {
        this.groupId = group;
        this.groupPosition = position;
        this.inGroupPass = true;
    }

    /** From now on it is trained on its own. */
    void leaveGroupPass() {
        this.inGroupPass = false;
    }

    boolean isInGroupPass() {
        return inGroupPass;
    }

    String id() {
        return id;
    }

    JobView jobView() {
        return job.view();
    }

    /** What it is trained on; fails for an imported SAE. */
    Sha256 shardSet() {
        return new Sha256(Objects.requireNonNull(shardSet, "an imported SAE is not trained here"));
    }

    /** What it is trained on; null for an imported SAE. */
    @Nullable Sha256 trainedOn() {
        return shardSet == null ? null : shardSet();
    }

    /** How it is trained, as JSON; fails for an imported SAE. */
    String config() {
        return Objects.requireNonNull(config, "an imported SAE is not trained here");
    }

    /** Where it comes from, as JSON; null for an SAE that is trained here. */
    @Nullable String imported() {
        return imported;
    }

    Shape shape() {
        return new Shape(inputWidth, latents);
    }

    @Nullable Sha256 weights() {
        return weights == null ? null : new Sha256(weights);
    }

    @Nullable String snapshots() {
        return snapshots;
    }

    double trainingSeconds() {
        return trainingSeconds;
    }

    /** @param stoppedAt steps taken, when early stopping ended it */
    void markTrained(
            Sha256 weights,
            double seconds,
            String kernel,
            int threads,
            String codeRevision,
            @Nullable Integer stoppedAt) {
        this.stoppedAt = stoppedAt;
        this.weights = weights.hex();
        this.trainingSeconds = seconds;
        this.kernel = kernel;
        this.threads = threads;
        this.codeRevision = codeRevision;
    }

    SaeView view(
            @Nullable SaeConfig config, @Nullable ImportedSae imported, List<Snapshot> kept, List<CurvePoint> curve) {
        return new SaeView(
                id,
                job.view(),
                shardSet,
                config,
                inputWidth,
                weights,
                kept,
                curve,
                config == null ? null : provenance(config),
                imported,
                stoppedAt,
                groupId);
    }

    private @Nullable Provenance provenance(SaeConfig config) {
        if (kernel == null || threads == null || codeRevision == null) {
            return null;
        }
        int steps = stoppedAt == null ? config.steps() : stoppedAt;
        double examples = (double) steps * config.batchSize();
        double perSecond = trainingSeconds > 0 ? examples / trainingSeconds : 0;
        return new Provenance(kernel, threads, trainingSeconds, perSecond, codeRevision);
    }
}
