package io.taxoscope.activationservice.datasets;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.api.activation.CreateDataset;
import io.taxoscope.api.activation.DatasetView;
import io.taxoscope.common.Sha256;
import io.taxoscope.support.jobs.Jobs;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The catalogue of datasets. */
@Service
public class Datasets {
    private final DatasetRepository datasets;
    private final Jobs jobs;
    private final SourceFormat format;
    private final List<DatasetUse> uses;

    Datasets(DatasetRepository datasets, Jobs jobs, SourceFormat format, List<DatasetUse> uses) {
        this.datasets = datasets;
        this.jobs = jobs;
        this.format = format;
        this.uses = uses;
    }

    /** The dataset's list of images; a conflict until its job has succeeded. */
    @Transactional(readOnly = true)
    public ReadyDataset ready(String id) {
        return find(id, Dataset::ready);
    }

    String submit(CreateDataset request, @Nullable String idempotencyKey) {
        format.check(request);
        return jobs.submit(DatasetScan.KIND, idempotencyKey, request, job -> datasets.save(new Dataset(job, request)))
                .job()
                .id();
    }

    @Transactional(readOnly = true)
    public DatasetView view(String id) {
        return find(id, Dataset::view);
    }

    @Transactional(readOnly = true)
    public List<DatasetView> views() {
        return datasets.findAllByOrderByIdDesc().stream().map(Dataset::view).toList();
    }

    @Transactional(readOnly = true)
    public CreateDataset request(String id) {
        return find(id, Dataset::request);
    }

    @Transactional
    public void markRead(String id, Sha256 manifest, ScanResult result) {
        datasets.findById(id).ifPresent(dataset -> dataset.markRead(manifest, result));
    }

    void cancel(String id) {
        requireKnown(id);
        jobs.cancel(id);
    }

    void retry(String id) {
        requireKnown(id);
        jobs.retry(id);
    }

    @Transactional
    public void remove(String id) {
        requireKnown(id);
        if (uses.stream().anyMatch(use -> use.needsDataset(id))) {
            throw ActivationError.DATASET_IN_USE.because(
                    "an unfinished extraction needs the dataset " + id + "; cancel it or wait for it");
        }
        datasets.deleteById(id);
        jobs.delete(id);
    }

    private void requireKnown(String id) {
        find(id, Function.identity());
    }

    private <T> T find(String id, Function<Dataset, T> use) {
        return datasets.findById(id)
                .map(use)
                .orElseThrow(() -> ActivationError.DATASET_NOT_FOUND.because(
                        "there is no dataset " + id + "; GET /api/v1/datasets lists those that are registered"));
    }
}
