package io.taxoscope.activationservice.extractions;

import io.taxoscope.activationservice.datasets.Datasets;
import io.taxoscope.activationservice.datasets.Examples;
import io.taxoscope.activationservice.datasets.ReadyDataset;
import io.taxoscope.activationservice.models.Models;
import io.taxoscope.activationservice.models.RegisteredModel;
import io.taxoscope.common.Sha256;
import io.taxoscope.support.jobs.JobContext;
import io.taxoscope.support.jobs.JobHandler;
import io.taxoscope.support.jobs.JobOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * The job that runs the model once over every image for all taps. Its unit is a shard: a run that was cut off skips the
 * shards that are committed for every tap, and makes the others again. Taps that an earlier extraction has made of the
 * same model and images are taken from there; of one that is damaged only the damaged shards are made again.
 */
@Component
class ExtractionRun implements JobHandler {
    static final String KIND = "extraction";

    private final Extractions extractions;
    private final Models models;
    private final Datasets datasets;
    private final Examples examples;
    private final KnownShardSets known;
    private final Extractor extractor;

    ExtractionRun(
            Extractions extractions,
            Models models,
            Datasets datasets,
            Examples examples,
            KnownShardSets known,
            Extractor extractor) {
        this.extractions = extractions;
        this.models = models;
        this.datasets = datasets;
        this.examples = examples;
        this.known = known;
        this.extractor = extractor;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JobOutcome run(JobContext context) throws Exception {
        Plan plan = extractions.plan(context.id());
        RegisteredModel model = models.find(plan.modelId());
        ReadyDataset dataset = datasets.ready(plan.datasetId());
        Map<Target, Target> made = new HashMap<>(known.of(plan, dataset.manifest()));
        Map<Target, Sha256> damaged = known.damagedOf(made);
        made.keySet().removeAll(damaged.keySet());
        List<String> reused = made.values().stream()
                .map(Target::ref)
                .map(Objects::requireNonNull)
                .toList();
        Plan rest = plan.of(plan.targets().stream()
                .filter(target -> !made.containsKey(target))
                .toList());
        if (rest.targets().isEmpty()) {
            context.progress(dataset.nImages(), dataset.nImages(), "images");
        } else {
            List<Target> sealed =
                    extractor.extract(context, rest, model, dataset, examples.of(dataset.manifest()), damaged);
            for (int i = 0; i < sealed.size(); i++) {
                made.put(rest.targets().get(i), sealed.get(i));
            }
        }
        List<Target> all = plan.targets().stream()
                .map(made::get)
                .map(Objects::requireNonNull)
                .toList();
        return JobOutcome.done(() -> extractions.markExtracted(context.id(), all, reused));
    }

    @Override
    public void cancelled(String id) {
        extractor.discard(id);
    }
}
