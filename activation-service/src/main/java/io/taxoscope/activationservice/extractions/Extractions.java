package io.taxoscope.activationservice.extractions;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.activationservice.models.Models;
import io.taxoscope.api.activation.CreateExtraction;
import io.taxoscope.api.activation.ExtractionView;
import io.taxoscope.api.activation.ExtractionView.ShardSetView;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSet;
import io.taxoscope.support.jobs.Jobs;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The catalogue of extractions. */
@Service
class Extractions {
    private final ExtractionRepository extractions;
    private final Jobs jobs;
    private final Models models;
    private final Estimates estimates;
    private final ContentStore store;

    Extractions(ExtractionRepository extractions, Jobs jobs, Models models, Estimates estimates, ContentStore store) {
        this.extractions = extractions;
        this.jobs = jobs;
        this.models = models;
        this.estimates = estimates;
        this.store = store;
    }

    String submit(CreateExtraction request, @Nullable String idempotencyKey) {
        Plan plan = Plan.of(request, models.find(request.modelId()));
        estimates.requireRoom(request);
        return jobs.submit(
                        ExtractionRun.KIND, idempotencyKey, request, job -> extractions.save(new Extraction(job, plan)))
                .job()
                .id();
    }

    @Transactional(readOnly = true)
    public Plan plan(String id) {
        return find(id, Extraction::plan);
    }

    @Transactional(readOnly = true)
    public ExtractionView view(String id) {
        return find(id, Extraction::view);
    }

    @Transactional(readOnly = true)
    public List<ExtractionView> views() {
        return extractions.findAllByOrderByIdDesc().stream()
                .map(Extraction::view)
                .toList();
    }

    /** @param reused shard sets among {@code made} that other extractions hold; one of them may be being removed */
    @Transactional
    public void markExtracted(String id, List<Target> made, List<String> reused) {
        Set<String> held = extractions.holdMakersOf(reused).stream()
                .flatMap(maker -> maker.view().shardSets().stream())
                .map(ShardSetView::ref)
                .collect(Collectors.toSet());
        if (!held.containsAll(reused)) {
            throw ActivationError.EXTRACTION_NOT_FOUND.because(
                    "an extraction whose activations this one was to share has been removed; retry makes them anew");
        }
        extractions.findById(id).ifPresent(extraction -> extraction.markExtracted(made));
        afterCommit(() -> store.discardWork(id));
    }

    void cancel(String id) {
        requireKnown(id);
        jobs.cancel(id);
    }

    void retry(String id) {
        requireKnown(id);
        jobs.retry(id);
    }

    /** Shard sets go with the last extraction that made them: equal content is stored once. */
    @Transactional
    public void remove(String id) {
        extractions.findForRemoval(id); // waits for those who are about to share its shard sets
        List<Sha256> own = find(id, Extraction::view).shardSets().stream()
                .map(ShardSetView::ref)
                .filter(ref -> !extractions.isShardSetOfAnother(ref, id))
                .map(Sha256::new)
                .distinct()
                .toList();
        extractions.deleteById(id);
        jobs.delete(id);
        afterCommit(() -> {
            own.forEach(ref -> ShardSet.delete(store, ref));
            store.discardWork(id);
        });
    }

    private void requireKnown(String id) {
        find(id, Function.identity());
    }

    private <T> T find(String id, Function<Extraction, T> use) {
        return extractions
                .findById(id)
                .map(use)
                .orElseThrow(() -> ActivationError.EXTRACTION_NOT_FOUND.because(
                        "there is no extraction " + id + "; GET /api/v1/extractions lists them"));
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
