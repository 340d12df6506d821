package io.taxoscope.activationservice.interventions;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.api.activation.CreateIntervention;
import io.taxoscope.api.activation.InterventionView;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSetManifest;
import io.taxoscope.support.jobs.Jobs;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** The catalogue of interventions. */
@Service
class Interventions {
    private final InterventionRepository interventions;
    private final InterventionCheck check;
    private final ContentStore store;
    private final Jobs jobs;
    private final JsonMapper json;

    Interventions(
            InterventionRepository interventions,
            InterventionCheck check,
            ContentStore store,
            Jobs jobs,
            JsonMapper json) {
        this.interventions = interventions;
        this.check = check;
        this.store = store;
        this.jobs = jobs;
        this.json = json;
    }

    String submit(CreateIntervention request, @Nullable String key) {
        ShardSetManifest activations = check.check(request);
        String document = json.writeValueAsString(request);
        return jobs.submit(
                        InterventionRun.KIND,
                        key,
                        request,
                        job -> interventions.save(new Intervention(job, document, activations)))
                .job()
                .id();
    }

    @Transactional(readOnly = true)
    public CreateIntervention request(String id) {
        return request(find(id));
    }

    @Transactional(readOnly = true)
    public InterventionView view(String id) {
        return view(find(id));
    }

    @Transactional(readOnly = true)
    public List<InterventionView> views() {
        return interventions.findAllByOrderByIdDesc().stream().map(this::view).toList();
    }

    /** A finished intervention's examples in the store. */
    @Transactional(readOnly = true)
    public Sha256 examples(String id) {
        Intervention intervention = find(id);
        Sha256 lines = intervention.examples();
        if (lines == null) {
            throw ActivationError.INTERVENTION_NOT_DONE.because("intervention %s has no examples: it is %s"
                    .formatted(id, view(intervention).job().state()));
        }
        return lines;
    }

    @Transactional
    public void markDone(String id, InterventionView.Report report, Sha256 lines) {
        find(id).markDone(json.writeValueAsString(report), lines);
        afterCommit(() -> store.discardWork(id));
    }

    /** Its examples stay in the store, where another intervention may name them too. */
    @Transactional
    public void remove(String id) {
        interventions.delete(find(id));
        jobs.delete(id);
        afterCommit(() -> store.discardWork(id));
    }

    void cancel(String id) {
        find(id);
        jobs.cancel(id);
    }

    void retry(String id) {
        find(id);
        jobs.retry(id);
    }

    private Intervention find(String id) {
        return interventions
                .findById(id)
                .orElseThrow(() -> ActivationError.INTERVENTION_NOT_FOUND.because(
                        "there is no intervention " + id + "; GET /api/v1/interventions lists them"));
    }

    private CreateIntervention request(Intervention intervention) {
        return json.readValue(intervention.request(), CreateIntervention.class);
    }

    private InterventionView view(Intervention intervention) {
        String report = intervention.report();
        return intervention.view(
                request(intervention), report == null ? null : json.readValue(report, InterventionView.Report.class));
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
