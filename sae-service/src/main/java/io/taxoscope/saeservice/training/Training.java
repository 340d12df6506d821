package io.taxoscope.saeservice.training;

import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.api.sae.SaeConfig.Dictionary;
import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.linearalgebra.LinearAlgebra;
import io.taxoscope.sae.Parameters;
import io.taxoscope.saeservice.SaeServiceError;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSet;
import io.taxoscope.support.jobs.JobContext;
import io.taxoscope.support.jobs.JobHandler;
import io.taxoscope.support.jobs.JobOutcome;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Makes an SAE as a job: trains it, or derives it from the activations. A run that was cut off goes on from its checkpoint, to the same bits. */
@Component
class Training implements JobHandler {
    static final String KIND = "sae-training";

    private final SaeRepository saes;
    private final TrainingRuns runs;
    private final TrainedSaes trained;
    private final ContentStore store;
    private final JsonMapper json;

    Training(SaeRepository saes, TrainingRuns runs, TrainedSaes trained, ContentStore store, JsonMapper json) {
        this.saes = saes;
        this.runs = runs;
        this.trained = trained;
        this.store = store;
        this.json = json;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JobOutcome run(JobContext context) {
        Sae sae = saes.findById(context.id())
                .orElseThrow(() -> SaeServiceError.SAE_NOT_FOUND.because("there is no SAE " + context.id()));
        SaeConfig submitted = json.readValue(sae.config(), SaeConfig.class);
        return submitted.dictionary().isOfActivations() ? derive(sae, submitted, context) : train(sae, context);
    }

    private JobOutcome derive(Sae sae, SaeConfig submitted, JobContext context) {
        long start = System.nanoTime();
        try (ShardSet set = ShardSet.open(store, sae.shardSet())) {
            int examples = set.nRows();
            var dictionary = new DictionaryOfActivations(
                    StoredActivations.of(set), done -> context.progress(done, examples, "examples"));
            boolean isPca = submitted.dictionary() == Dictionary.PCA;
            LinearAlgebra algebra = isPca ? LinearAlgebra.ofThisMachine() : null;
            Parameters weights = algebra == null ? dictionary.neurons() : dictionary.principalDirections(algebra);
            Sha256 file = runs.storeWeights(sae.id(), weights);
            double seconds = (System.nanoTime() - start) / 1e9;
            String by = algebra == null ? "moments" : algebra.name();
            return JobOutcome.done(() -> trained.keepDerived(sae.id(), file, seconds, by));
        }
    }

    private JobOutcome train(Sae sae, JobContext context) {
        try (ShardSet set = ShardSet.open(store, sae.shardSet());
                TrainingRun run = runs.open(sae, runs.data(StoredActivations.of(set)), context, 1)) {
            run.finish();
            return JobOutcome.done(trained.keeping(sae.id(), run));
        } catch (TaxoscopeException failure) {
            trained.discardIfDiverged(sae.id(), failure);
            throw failure;
        }
    }

    @Override
    public void cancelled(String id) {
        store.discardWork(id);
    }
}
