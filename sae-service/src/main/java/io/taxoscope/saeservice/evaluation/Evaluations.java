package io.taxoscope.saeservice.evaluation;

import io.taxoscope.api.sae.CreateEvaluation;
import io.taxoscope.api.sae.EvaluationView;
import io.taxoscope.saeservice.Findings;
import io.taxoscope.saeservice.SaeServiceError;
import io.taxoscope.saeservice.encoding.EncodedSet;
import io.taxoscope.saeservice.encoding.Encodings;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSet;
import io.taxoscope.store.ShardSetManifest;
import io.taxoscope.support.jobs.Jobs;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The catalogue of evaluations. */
@Service
class Evaluations {
    private final EvaluationRepository evaluations;
    private final Encodings encodings;
    private final ContentStore store;
    private final Jobs jobs;
    private final JsonMapper json;

    Evaluations(EvaluationRepository evaluations, Encodings encodings, ContentStore store, Jobs jobs, JsonMapper json) {
        this.evaluations = evaluations;
        this.encodings = encodings;
        this.store = store;
        this.jobs = jobs;
        this.json = json;
    }

    String submit(CreateEvaluation request, @Nullable String key) {
        EncodedSet set = encodings.encoded(request.encodingId());
        ShardSetManifest activations = ShardSet.manifest(store, set.shardSet());
        EvaluationSizes sizes = EvaluationSizes.of(request, activations.nRows());
        Findings findings = new Findings();
        findings.addIf(
                !activations.hasOneRowPerExample(),
                "encodingId",
                "is of several vectors for each image; evaluate one of CLS or PATCH_MEAN");
        findings.addIf(
                sizes.alignmentExamples() < EvaluationSizes.LEAST_ALIGNED,
                "encodingId",
                "has %d examples; CKNNA needs %d".formatted(sizes.alignmentExamples(), EvaluationSizes.LEAST_ALIGNED));
        findings.addIf(
                sizes.neighbours() >= sizes.alignmentExamples(),
                "neighbours",
                "is %d; %d examples have fewer".formatted(sizes.neighbours(), sizes.alignmentExamples()));
        findings.throwIfAny(SaeServiceError.EVALUATION_INVALID);
        String document = json.writeValueAsString(request);
        return jobs.submit(EvaluationJob.KIND, key, request, job -> evaluations.save(new Evaluation(job, document)))
                .job()
                .id();
    }

    @Transactional(readOnly = true)
    public CreateEvaluation request(String id) {
        return json.readValue(find(id).request(), CreateEvaluation.class);
    }

    @Transactional(readOnly = true)
    public EvaluationView view(String id) {
        return view(find(id));
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public List<EvaluationView> list() {
        return evaluations.findAllByOrderByIdDesc().stream().map(this::view).toList();
    }

    @Transactional
    public void markEvaluated(String id, EvaluationView.Report report) {
        find(id).markEvaluated(json.writeValueAsString(report));
    }

    @Transactional
    public void delete(String id) {
        evaluations.delete(find(id));
        jobs.delete(id);
    }

    void cancel(String id) {
        find(id);
        jobs.cancel(id);
    }

    void retry(String id) {
        find(id);
        jobs.retry(id);
    }

    private Evaluation find(String id) {
        return evaluations
                .findById(id)
                .orElseThrow(() -> SaeServiceError.EVALUATION_NOT_FOUND.because(
                        "there is no evaluation " + id + "; GET /api/v1/evaluations lists them"));
    }

    private EvaluationView view(Evaluation evaluation) {
        String report = evaluation.report();
        return evaluation.view(
                json.readValue(evaluation.request(), CreateEvaluation.class).encodingId(),
                report == null ? null : json.readValue(report, EvaluationView.Report.class));
    }
}
