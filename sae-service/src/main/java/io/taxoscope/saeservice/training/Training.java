package io.taxoscope.saeservice.training;

import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.api.sae.SaeConfig.Dictionary;
import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.linearalgebra.LinearAlgebra;
import io.taxoscope.sae.ActivationSource;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.TrainingState;
import io.taxoscope.sae.format.Checkpoint;
import io.taxoscope.sae.format.SaeLensFiles;
import io.taxoscope.sae.kernel.Kernel;
import io.taxoscope.sae.training.Trainer;
import io.taxoscope.sae.training.TrainingConfig;
import io.taxoscope.saeservice.SaeServiceError;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSet;
import io.taxoscope.support.jobs.JobContext;
import io.taxoscope.support.jobs.JobHandler;
import io.taxoscope.support.jobs.JobOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Makes an SAE as a job: trains it, or derives it from the activations. A run that was cut off goes on from its checkpoint, to the same bits. */
@Component
class Training implements JobHandler {
    static final String KIND = "sae-training";

    private static final Logger LOG = LoggerFactory.getLogger(Training.class);

    private final SaeRepository saes;
    private final Curves curves;
    private final Snapshots snapshots;
    private final ContentStore store;
    private final Kernel kernel;
    private final TrainingProperties properties;
    private final JsonMapper json;

    Training(
            SaeRepository saes,
            Curves curves,
            Snapshots snapshots,
            ContentStore store,
            Kernel kernel,
            TrainingProperties properties,
            JsonMapper json) {
        this.saes = saes;
        this.curves = curves;
        this.snapshots = snapshots;
        this.store = store;
        this.kernel = kernel;
        this.properties = properties;
        this.json = json;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JobOutcome run(JobContext context) {
        Sae sae = find(context.id());
        SaeConfig submitted = json.readValue(sae.config(), SaeConfig.class);
        return submitted.dictionary().isOfActivations()
                ? derive(sae, submitted, context)
                : train(sae, submitted, context);
    }

    private JobOutcome derive(Sae sae, SaeConfig submitted, JobContext context) {
        long start = System.nanoTime();
        try (ShardSet set = ShardSet.open(store, sae.shardSet())) {
            int examples = set.nExamples();
            var dictionary = new DictionaryOfActivations(
                    StoredActivations.of(set), done -> context.progress(done, examples, "examples"));
            boolean isPca = submitted.dictionary() == Dictionary.PCA;
            LinearAlgebra algebra = isPca ? LinearAlgebra.ofThisMachine() : null;
            Parameters weights = algebra == null ? dictionary.neurons() : dictionary.principalDirections(algebra);
            Sha256 file = storeWeights(sae, weights);
            double seconds = (System.nanoTime() - start) / 1e9;
            String by = algebra == null ? "moments" : algebra.name();
            return JobOutcome.done(() -> keep(context.id(), file, seconds, by));
        }
    }

    private JobOutcome train(Sae sae, SaeConfig submitted, JobContext context) {
        TrainingConfig config = TrainingConfigs.of(submitted, sae.shape().latents());
        try (ShardSet set = ShardSet.open(store, sae.shardSet());
                Trainer trainer = open(sae, config, StoredActivations.of(set))) {
            TrainingRun run = new TrainingRun(
                    trainer, config, context, checkpoint(sae), training(sae), curves, properties, keeper(sae));
            run.resumeClockAt(sae.trainingSeconds());
            run.finish();
            Sha256 weights = storeWeights(sae, trainer.snapshot().exportedWeights());
            return JobOutcome.done(() -> keep(context.id(), weights, run.seconds(), kernel.name()));
        }
    }

    private SnapshotKeeper keeper(Sae sae) {
        List<Integer> steps = sae.snapshots() == null
                ? List.of()
                : json.readValue(sae.snapshots(), new TypeReference<List<Integer>>() {});
        return new SnapshotKeeper(
                Set.copyOf(steps),
                (trainer, step) -> snapshots.write(
                        sae.id(), step, storeWeights(sae, trainer.snapshot().exportedWeights())));
    }

    @Override
    public void cancelled(String id) {
        store.discardWork(id);
    }

    private Trainer open(Sae sae, TrainingConfig config, ActivationSource source) {
        Path checkpoint = checkpoint(sae);
        if (Files.exists(checkpoint)) {
            try {
                TrainingState state = Checkpoint.read(checkpoint, training(sae));
                LOG.info("SAE {} resumes at step {}", sae.id(), state.step());
                return Trainer.resume(source, config, kernel, state);
            } catch (TaxoscopeException unreadable) {
                LOG.warn("SAE {} starts anew, because its checkpoint cannot be used", sae.id(), unreadable);
            }
        }
        return Trainer.start(source, config, kernel);
    }

    private Sha256 storeWeights(Sae sae, Parameters weights) {
        Path file = store.work(sae.id()).resolve("weights.safetensors");
        SaeLensFiles.writeWeights(file, weights);
        return store.put(file);
    }

    private void keep(String id, Sha256 weights, double seconds, String by) {
        find(id).markTrained(weights, seconds, by, kernel.threads(), properties.codeRevision());
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                store.discardWork(id);
            }
        });
    }

    private Sae find(String id) {
        return saes.findById(id).orElseThrow(() -> SaeServiceError.SAE_NOT_FOUND.because("there is no SAE " + id));
    }

    private Path checkpoint(Sae sae) {
        return store.work(sae.id()).resolve("checkpoint.safetensors");
    }

    /** What a checkpoint must belong to. */
    private static String training(Sae sae) {
        return Sha256.of(sae.shardSet().hex() + sae.config()).hex();
    }
}
