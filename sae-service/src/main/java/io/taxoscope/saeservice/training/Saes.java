package io.taxoscope.saeservice.training;

import io.taxoscope.api.sae.CreateSae;
import io.taxoscope.api.sae.ImportedSae;
import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.api.sae.SaeView;
import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Shape;
import io.taxoscope.saeservice.SaeServiceError;
import io.taxoscope.support.jobs.Job;
import io.taxoscope.support.jobs.Jobs;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The catalogue of SAEs. */
@Service
public class Saes {
    private final SaeRepository saes;
    private final SaeCheck check;
    private final TrainingNeeds needs;
    private final Curves curves;
    private final Snapshots snapshots;
    private final Jobs jobs;
    private final JsonMapper json;

    Saes(
            SaeRepository saes,
            SaeCheck check,
            TrainingNeeds needs,
            Curves curves,
            Snapshots snapshots,
            Jobs jobs,
            JsonMapper json) {
        this.saes = saes;
        this.check = check;
        this.needs = needs;
        this.curves = curves;
        this.snapshots = snapshots;
        this.jobs = jobs;
        this.json = json;
    }

    /** The SAE, fit for use; fails with {@code SAE_NOT_TRAINED} before it has weights. */
    @Transactional(readOnly = true)
    public TrainedSae findTrained(String id) {
        Sae sae = find(id);
        Sha256 weights = sae.weights();
        if (weights == null) {
            throw SaeServiceError.SAE_NOT_TRAINED.because("SAE %s has no weights: its training is %s"
                    .formatted(id, sae.jobView().state()));
        }
        return new TrainedSae(id, sae.trainedOn(), weights, sae.shape(), activation(sae));
    }

    /** The finished SAE, or the one of a snapshot. */
    @Transactional(readOnly = true)
    public TrainedSae find(String id, @Nullable Integer snapshot) {
        return snapshot == null ? findTrained(id) : findSnapshot(id, snapshot);
    }

    /** The SAE as it was after {@code step} steps; fails with {@code SAE_NOT_TRAINED} when no such snapshot is kept. */
    private TrainedSae findSnapshot(String id, int step) {
        Sae sae = find(id);
        Sha256 weights = snapshots
                .find(id, step)
                .orElseThrow(
                        () -> SaeServiceError.SAE_NOT_TRAINED.because("SAE %s has no snapshot of step %d; it has %s"
                                .formatted(
                                        id,
                                        step,
                                        snapshots.read(id).stream()
                                                .map(SaeView.Snapshot::step)
                                                .toList())));
        return new TrainedSae(id, sae.shardSet(), weights, sae.shape(), activation(sae));
    }

    /** Neurons and principal directions are TOPK dictionaries too. */
    private Activation activation(Sae sae) {
        ImportedSae imported = imported(sae);
        if (imported != null) {
            return switch (imported.activation()) {
                case RELU -> new Activation.Relu();
                case TOPK -> new Activation.TopK(Objects.requireNonNull(imported.k()));
                case SIGNED_TOPK -> new Activation.SignedTopK(Objects.requireNonNull(imported.k()));
                case JUMPRELU -> new Activation.JumpRelu();
                case GATED -> new Activation.Gated();
                case HIERARCHICAL -> {
                    int parents = Objects.requireNonNull(imported.parents());
                    yield new Activation.Hierarchical(
                            Objects.requireNonNull(imported.k()), parents, imported.latents() / parents - 1);
                }
            };
        }
        SaeConfig config = json.readValue(sae.config(), SaeConfig.class);
        return TrainingConfigs.architecture(config, sae.shape().latents()).activation();
    }

    String train(CreateSae request, @Nullable String key) {
        SaeOrder order = check.check(request);
        needs.require(order);
        return jobs.submit(Training.KIND, key, request, job -> saes.save(newSae(job, order)))
                .job()
                .id();
    }

    /** Adds an SAE that was trained elsewhere; in the transaction that saves its job. */
    public void add(Job job, Shape shape, Sha256 weights, ImportedSae imported) {
        int k = Objects.requireNonNullElse(imported.k(), 0);
        saes.save(new Sae(job, shape, k, weights, json.writeValueAsString(imported)));
    }

    private @Nullable ImportedSae imported(Sae sae) {
        String imported = sae.imported();
        return imported == null ? null : json.readValue(imported, ImportedSae.class);
    }

    Sae newSae(Job job, SaeOrder order) {
        String kept = order.snapshots().isEmpty() ? null : json.writeValueAsString(order.snapshots());
        return new Sae(job, order, json.writeValueAsString(order.config()), kept);
    }

    void save(Sae sae) {
        saes.save(sae);
    }

    /** Starts a failed or cancelled training again, on its own even if a group had begun it. */
    @Transactional
    public void retry(String id) {
        Sae sae = find(id);
        jobs.retry(id, sae::leaveGroupPass);
    }

    @Transactional(readOnly = true)
    public SaeView view(String id) {
        return view(find(id), snapshots.read(id), curves.read(id));
    }

    /** Newest first, without curves and snapshots. */
    @Transactional(readOnly = true)
    public List<SaeView> list() {
        return saes.findAllByOrderByIdDesc().stream().map(this::brief).toList();
    }

    /** Without curve and snapshots. */
    SaeView brief(Sae sae) {
        return view(sae, List.of(), List.of());
    }

    /** Deletes the SAE and its curve; its weights stay in the store, where another SAE may name them too. */
    @Transactional
    public void delete(String id) {
        try {
            saes.delete(find(id));
            saes.flush();
        } catch (DataIntegrityViolationException encoded) {
            throw new TaxoscopeException(
                    SaeServiceError.SAE_IN_USE,
                    "SAE " + id + " has encodings; delete them first (GET /api/v1/encodings lists them)",
                    encoded);
        }
        jobs.delete(id);
    }

    void requireExists(String id) {
        find(id);
    }

    private Sae find(String id) {
        return saes.findById(id).orElseThrow(() -> SaeServiceError.SAE_NOT_FOUND.because("there is no SAE " + id));
    }

    private SaeView view(Sae sae, List<SaeView.Snapshot> kept, List<SaeView.CurvePoint> curve) {
        ImportedSae imported = imported(sae);
        SaeConfig config = imported == null ? json.readValue(sae.config(), SaeConfig.class) : null;
        return sae.view(config, imported, kept, curve);
    }
}
