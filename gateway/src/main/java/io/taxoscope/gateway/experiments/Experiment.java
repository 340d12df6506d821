package io.taxoscope.gateway.experiments;

import io.taxoscope.api.JobState;
import io.taxoscope.api.gateway.ExperimentView.Stage.Kind;
import io.taxoscope.api.gateway.Variant;
import io.taxoscope.support.jobs.Job;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An experiment with its stages; whether it runs is its job's business. */
@Entity
@Table(name = "experiment")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate fills and reads the fields
class Experiment {
    @Id
    private String id;

    @OneToOne(optional = false)
    @MapsId
    @JoinColumn(name = "id")
    private Job job;

    private String name;
    private String spec;
    private String modelId;
    private String datasetId;
    private @Nullable String labels;
    private @Nullable String waitingCode;
    private @Nullable String waitingFor;
    private Instant createdAt;
    private Instant changedAt;

    /** Null until stored: that is how Spring Data tells a new aggregate from a known one. */
    @Version
    private @Nullable Long version;

    @OneToMany(mappedBy = "experiment", cascade = CascadeType.ALL, orphanRemoval = true)
    @OrderBy("position")
    private List<Stage> stages = new ArrayList<>();

    protected Experiment() {}

    Experiment(Job job, String name, String spec, String modelId, String datasetId, Instant now) {
        this.id = job.id();
        this.job = job;
        this.name = name;
        this.spec = spec;
        this.modelId = modelId;
        this.datasetId = datasetId;
        this.createdAt = now;
        this.changedAt = now;
    }

    void plan(List<StageKey> keys) {
        keys.forEach(key -> stages.add(new Stage(this, stages.size(), key)));
    }

    String id() {
        return id;
    }

    Job job() {
        return job;
    }

    String name() {
        return name;
    }

    String spec() {
        return spec;
    }

    String modelId() {
        return modelId;
    }

    String datasetId() {
        return datasetId;
    }

    @Nullable String labels() {
        return labels;
    }

    @Nullable String waitingCode() {
        return waitingCode;
    }

    @Nullable String waitingFor() {
        return waitingFor;
    }

    Instant createdAt() {
        return createdAt;
    }

    long version() {
        return version == null ? 0 : version;
    }

    List<Stage> stages() {
        return stages;
    }

    /** The layers in the order of their stages. */
    List<String> layers() {
        return stages.stream()
                .filter(stage -> stage.kind() == Kind.TRAIN && stage.requireVariant() == Variant.TRAINED)
                .map(Stage::requireLayer)
                .toList();
    }

    /** A stage of the whole experiment. */
    Stage stage(Kind kind) {
        return stage(StageKey.ofWhole(kind));
    }

    Stage stage(StageKey key) {
        return find(key)
                .orElseThrow(() -> new IllegalStateException("experiment %s has no stage %s".formatted(id, key)));
    }

    Optional<Stage> find(StageKey key) {
        return stages.stream().filter(stage -> stage.key().equals(key)).findFirst();
    }

    Stage stage(String stageId) {
        return stages.stream()
                .filter(stage -> stage.id().equals(stageId))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no stage " + stageId));
    }

    boolean isSuccessful() {
        return stages.stream().allMatch(stage -> stage.state() == JobState.SUCCEEDED);
    }

    void resolved(String labels) {
        this.labels = labels;
    }

    void waitFor(@Nullable String code, @Nullable String what) {
        waitingCode = code;
        waitingFor = what;
    }

    void takeUpAgain() {
        stages.forEach(Stage::takeUpAgain);
        waitFor(null, null);
    }

    /** Makes a new version, also when only stages have changed. */
    void changed(Instant now) {
        changedAt = now;
    }
}
