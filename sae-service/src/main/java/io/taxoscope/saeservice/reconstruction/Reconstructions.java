package io.taxoscope.saeservice.reconstruction;

import io.taxoscope.api.sae.CreateReconstruction;
import io.taxoscope.api.sae.LatentEdit;
import io.taxoscope.api.sae.ReconstructionView;
import io.taxoscope.common.Sha256;
import io.taxoscope.saeservice.Findings;
import io.taxoscope.saeservice.SaeServiceError;
import io.taxoscope.saeservice.encoding.EncodedSet;
import io.taxoscope.saeservice.encoding.Encodings;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSet;
import io.taxoscope.store.ShardSetManifest;
import io.taxoscope.support.jobs.Jobs;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** The catalogue of reconstructions. */
@Service
class Reconstructions {
    private final ReconstructionRepository reconstructions;
    private final Encodings encodings;
    private final ContentStore store;
    private final Jobs jobs;
    private final JsonMapper json;

    Reconstructions(
            ReconstructionRepository reconstructions,
            Encodings encodings,
            ContentStore store,
            Jobs jobs,
            JsonMapper json) {
        this.reconstructions = reconstructions;
        this.encodings = encodings;
        this.store = store;
        this.jobs = jobs;
        this.json = json;
    }

    String submit(CreateReconstruction request, @Nullable String key) {
        EncodedSet set = encodings.encoded(request.encodingId());
        check(
                request,
                ShardSet.manifest(store, set.shardSet()),
                set.sae().shape().latents());
        String document = json.writeValueAsString(request);
        return jobs.submit(
                        ReconstructionJob.KIND,
                        key,
                        request,
                        job -> reconstructions.save(new Reconstruction(job, document, set.shardSet())))
                .job()
                .id();
    }

    private static void check(CreateReconstruction request, ShardSetManifest activations, int nLatents) {
        Findings findings = new Findings();
        findings.addIf(
                !activations.hasOneRowPerExample(),
                "encodingId",
                "is of several vectors for each image, which cannot be put back; encode CLS or PATCH_MEAN");
        List<LatentEdit> edits = Objects.requireNonNullElse(request.edits(), List.of());
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < edits.size(); i++) {
            LatentEdit edit = edits.get(i);
            String at = "edits[%d].".formatted(i);
            findings.addIf(
                    edit.latent() >= nLatents,
                    at + "latent",
                    "is %d; this SAE has 0 to %d".formatted(edit.latent(), nLatents - 1));
            findings.addIf(
                    !seen.add(edit.latent()), at + "latent", "latent %d is edited above".formatted(edit.latent()));
            findings.addIf(
                    !(edit.value() <= Float.MAX_VALUE),
                    at + "value",
                    "is %s, no number of 32 bits".formatted(edit.value()));
            findings.addIf(
                    edit.operation() == LatentEdit.Operation.SCALE && edit.value() == 1,
                    at + "value",
                    "a factor of 1 has no effect; leave the edit out");
            findings.addIf(
                    edit.operation() == LatentEdit.Operation.AT_LEAST && edit.value() == 0,
                    at + "value",
                    "no code is below 0, so this has no effect; leave the edit out");
        }
        findings.addIf(
                request.keepError() && edits.isEmpty(),
                "keepError",
                "without edits gives the activations themselves; add edits, or set it to false");
        findings.throwIfAny(SaeServiceError.RECONSTRUCTION_INVALID);
    }

    @Transactional(readOnly = true)
    public CreateReconstruction request(String id) {
        return request(find(id));
    }

    @Transactional(readOnly = true)
    public ReconstructionView view(String id) {
        return view(find(id));
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public List<ReconstructionView> list() {
        return reconstructions.findAllByOrderByIdDesc().stream().map(this::view).toList();
    }

    @Transactional
    public void markDecoded(String id, Sha256 shardSet, int nChanged) {
        find(id).markDecoded(shardSet, nChanged);
        afterCommit(() -> store.discardWork(id));
    }

    @Transactional
    public void delete(String id) {
        Reconstruction reconstruction = find(id);
        Sha256 shardSet = reconstruction.ownShardSet();
        reconstructions.delete(reconstruction);
        jobs.delete(id);
        if (shardSet != null && reconstructions.countByShardSet(shardSet.hex()) == 0) {
            afterCommit(() -> ShardSet.delete(store, shardSet));
        }
    }

    void cancel(String id) {
        find(id);
        jobs.cancel(id);
    }

    void retry(String id) {
        find(id);
        jobs.retry(id);
    }

    private Reconstruction find(String id) {
        return reconstructions
                .findById(id)
                .orElseThrow(() -> SaeServiceError.RECONSTRUCTION_NOT_FOUND.because(
                        "there is no reconstruction " + id + "; GET /api/v1/reconstructions lists them"));
    }

    private CreateReconstruction request(Reconstruction reconstruction) {
        return json.readValue(reconstruction.request(), CreateReconstruction.class);
    }

    private ReconstructionView view(Reconstruction reconstruction) {
        return reconstruction.view(request(reconstruction));
    }

    private static void afterCommit(Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                work.run();
            }
        });
    }
}
