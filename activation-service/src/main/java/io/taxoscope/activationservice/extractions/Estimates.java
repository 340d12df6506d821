package io.taxoscope.activationservice.extractions;

import io.taxoscope.activationservice.datasets.Datasets;
import io.taxoscope.activationservice.datasets.Examples;
import io.taxoscope.activationservice.datasets.ReadyDataset;
import io.taxoscope.activationservice.models.Models;
import io.taxoscope.activationservice.models.RegisteredModel;
import io.taxoscope.api.activation.CreateExtraction;
import io.taxoscope.api.activation.ExtractionEstimate;
import io.taxoscope.api.activation.ExtractionEstimate.Space;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Bytes and memory of an extraction worked out, its time measured on a few of its images. */
@Component
class Estimates {
    private final Models models;
    private final Datasets datasets;
    private final Examples examples;
    private final KnownShardSets known;
    private final Needs needs;
    private final Extractor extractor;

    Estimates(
            Models models,
            Datasets datasets,
            Examples examples,
            KnownShardSets known,
            Needs needs,
            Extractor extractor) {
        this.models = models;
        this.datasets = datasets;
        this.examples = examples;
        this.known = known;
        this.needs = needs;
        this.extractor = extractor;
    }

    /** What is left to do of a request, and on what. */
    private record Work(Plan rest, int reused, RegisteredModel model, ReadyDataset dataset) {
        int pixels() {
            return 3 * model.recipe().width() * model.recipe().height();
        }
    }

    /** One at a time, or they would measure each other. */
    synchronized ExtractionEstimate estimate(CreateExtraction request) {
        Work work = work(request);
        Plan rest = work.rest();
        int n = work.dataset().nImages();
        boolean fits = needs.fits(rest, n, work.pixels());
        Extractor.Rate rate = fits && !rest.targets().isEmpty() ? probe(work) : null;
        return new ExtractionEstimate(
                n,
                rest.targets().size(),
                work.reused(),
                new Space(needs.diskOf(rest, n), needs.disk()),
                new Space(needs.memoryOf(rest, work.pixels()), needs.memory()),
                fits,
                seconds(rest, rate, n),
                rate == null ? 0 : rate.images());
    }

    /** Refuses what this machine cannot hold. */
    void requireRoom(CreateExtraction request) {
        Work work = work(request);
        needs.require(work.rest(), work.dataset().nImages(), work.pixels());
    }

    private Work work(CreateExtraction request) {
        RegisteredModel model = models.find(request.modelId());
        Plan plan = Plan.of(request, model);
        ReadyDataset dataset = datasets.ready(request.datasetId());
        plan.requireRows(dataset.nImages());
        var made = known.of(plan, dataset.manifest());
        Plan rest = plan.of(plan.targets().stream()
                .filter(target -> !made.containsKey(target))
                .toList());
        return new Work(rest, made.size(), model, dataset);
    }

    private Extractor.Rate probe(Work work) {
        try {
            return extractor.probe(
                    work.rest(), work.model(), examples.of(work.dataset().manifest()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while images were run for an estimate", interrupted);
        } catch (ExecutionException failure) {
            throw Extractor.unwrapped(failure);
        }
    }

    private static @Nullable Double seconds(Plan rest, Extractor.@Nullable Rate rate, int n) {
        if (rest.targets().isEmpty()) {
            return 0.0;
        }
        return rate == null ? null : rate.loading() + rate.seconds() / rate.images() * n;
    }
}
