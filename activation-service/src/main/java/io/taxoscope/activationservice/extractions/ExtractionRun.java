package io.taxoscope.activationservice.extractions;

import io.taxoscope.activationservice.datasets.Datasets;
import io.taxoscope.activationservice.datasets.Examples;
import io.taxoscope.activationservice.datasets.ReadyDataset;
import io.taxoscope.activationservice.models.Models;
import io.taxoscope.activationservice.models.RegisteredModel;
import io.taxoscope.support.jobs.JobContext;
import io.taxoscope.support.jobs.JobHandler;
import io.taxoscope.support.jobs.JobOutcome;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The job that runs the model once over every image for all taps. Its unit is a shard: a run that was cut off skips the
 * shards that are committed for every tap, and makes the others again.
 */
@Component
class ExtractionRun implements JobHandler {
    static final String KIND = "extraction";

    private final Extractions extractions;
    private final Models models;
    private final Datasets datasets;
    private final Examples examples;
    private final Extractor extractor;

    ExtractionRun(Extractions extractions, Models models, Datasets datasets, Examples examples, Extractor extractor) {
        this.extractions = extractions;
        this.models = models;
        this.datasets = datasets;
        this.examples = examples;
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
        List<Target> made = extractor.extract(context, plan, model, dataset, examples.of(dataset.manifest()));
        return JobOutcome.done(() -> extractions.markExtracted(context.id(), made));
    }

    @Override
    public void cancelled(String id) {
        extractor.discard(id);
    }
}
