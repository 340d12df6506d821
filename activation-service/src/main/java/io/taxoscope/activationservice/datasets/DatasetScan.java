package io.taxoscope.activationservice.datasets;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.api.activation.CreateDataset;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.DatasetManifest;
import io.taxoscope.support.jobs.JobContext;
import io.taxoscope.support.jobs.JobHandler;
import io.taxoscope.support.jobs.JobOutcome;
import org.springframework.stereotype.Component;

/**
 * The job that reads a dataset. A scan that was cut off starts again; files that it had kept are recognised by their
 * hash, and the manifest is named by its content.
 */
@Component
class DatasetScan implements JobHandler {
    static final String KIND = "dataset-scan";

    private final Datasets datasets;
    private final SourceFormat format;
    private final ContentStore store;
    private final ImageProperties properties;

    DatasetScan(Datasets datasets, SourceFormat format, ContentStore store, ImageProperties properties) {
        this.datasets = datasets;
        this.format = format;
        this.store = store;
        this.properties = properties;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JobOutcome run(JobContext context) throws Exception {
        CreateDataset request = datasets.request(context.id());
        ScanResult result = scan(context, request);
        if (result.examples().isEmpty()) {
            throw ActivationError.NO_IMAGES.because(noImages(result));
        }
        Sha256 manifest = DatasetManifest.write(store, result.examples());
        int nFiles = result.examples().size() + result.skipped().size();
        context.progress(nFiles, nFiles, "images");
        return JobOutcome.done(() -> datasets.markRead(context.id(), manifest, result));
    }

    private ScanResult scan(JobContext context, CreateDataset request) throws Exception {
        try {
            ImageSource source = format.open(request, store.work(context.id()));
            return new Scan(store, properties, request.onBadImage(), context, source).run();
        } finally {
            // Copies of what lies in a bucket; the images are in the store.
            store.discardWork(context.id());
        }
    }

    private static String noImages(ScanResult result) {
        if (result.skipped().isEmpty()) {
            return "the source holds no images in class folders";
        }
        ScanResult.Skipped first = result.skipped().getFirst();
        return "none of the %d files can be used; the first is %s: %s"
                .formatted(result.skipped().size(), first.path(), first.reason());
    }
}
