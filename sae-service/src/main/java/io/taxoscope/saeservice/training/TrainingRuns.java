package io.taxoscope.saeservice.training;

import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.sae.ActivationSource;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.format.Checkpoint;
import io.taxoscope.sae.format.SaeLensFiles;
import io.taxoscope.sae.kernel.Kernel;
import io.taxoscope.sae.training.Trainer;
import io.taxoscope.sae.training.TrainingConfig;
import io.taxoscope.sae.training.TrainingData;
import io.taxoscope.saeservice.training.TrainingRun.CheckpointFile;
import io.taxoscope.store.ContentStore;
import io.taxoscope.support.jobs.JobContext;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Takes up trainings, each from its checkpoint where there is one. */
@Component
class TrainingRuns {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingRuns.class);

    private final Curves curves;
    private final Snapshots snapshots;
    private final ContentStore store;
    private final Kernel kernel;
    private final TrainingProperties properties;
    private final JsonMapper json;

    TrainingRuns(
            Curves curves,
            Snapshots snapshots,
            ContentStore store,
            Kernel kernel,
            TrainingProperties properties,
            JsonMapper json) {
        this.curves = curves;
        this.snapshots = snapshots;
        this.store = store;
        this.kernel = kernel;
        this.properties = properties;
        this.json = json;
    }

    /** @param together trainings of the same pass, this one among them */
    TrainingRun open(Sae sae, TrainingData data, JobContext context, int together) {
        TrainingConfig config = config(sae);
        var checkpoint = new CheckpointFile(
                store.work(sae.id()).resolve("checkpoint.safetensors"),
                Sha256.of(sae.shardSet().hex() + sae.config()).hex());
        Trainer trainer = trainer(sae, config, data, checkpoint);
        return new TrainingRun(
                trainer, config, context, checkpoint, keeper(sae), curves, properties, sae.trainingSeconds(), together);
    }

    TrainingData data(ActivationSource source) {
        return new TrainingData(source, kernel);
    }

    TrainingConfig config(Sae sae) {
        return TrainingConfigs.of(
                json.readValue(sae.config(), SaeConfig.class), sae.shape().latents());
    }

    Sha256 storeWeights(String id, Parameters weights) {
        var file = store.work(id).resolve("weights.safetensors");
        SaeLensFiles.writeWeights(file, weights);
        return store.put(file);
    }

    private Trainer trainer(Sae sae, TrainingConfig config, TrainingData data, CheckpointFile checkpoint) {
        if (Files.exists(checkpoint.path())) {
            try {
                var state = Checkpoint.read(checkpoint.path(), checkpoint.training());
                LOG.info("SAE {} resumes at step {}", sae.id(), state.step());
                return Trainer.resume(data, config, state, Checkpoint.readValidation(checkpoint.path()));
            } catch (TaxoscopeException unreadable) {
                LOG.warn("SAE {} starts anew, because its checkpoint cannot be used", sae.id(), unreadable);
            }
        }
        return Trainer.start(data, config);
    }

    private SnapshotKeeper keeper(Sae sae) {
        List<Integer> steps = sae.snapshots() == null
                ? List.of()
                : json.readValue(sae.snapshots(), new TypeReference<List<Integer>>() {});
        return new SnapshotKeeper(
                Set.copyOf(steps),
                (trainer, step) -> snapshots.write(
                        sae.id(),
                        step,
                        storeWeights(sae.id(), trainer.snapshot().exportedWeights())));
    }
}
