package io.taxoscope.activationservice.hub;

import io.taxoscope.activationservice.hub.HubDownload.Result;
import io.taxoscope.api.Source;
import io.taxoscope.api.activation.CreateHubDownload;
import io.taxoscope.api.activation.Preprocessing;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.support.jobs.JobContext;
import io.taxoscope.support.jobs.JobHandler;
import io.taxoscope.support.jobs.JobOutcome;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Downloads a model of the hub; cut off, it goes on from the byte where it stopped. */
@Component
class HubDownloadJob implements JobHandler {
    static final String KIND = "hub-download";

    private final HubDownloads downloads;
    private final HubModels models;

    HubDownloadJob(HubDownloads downloads, HubModels models) {
        this.downloads = downloads;
        this.models = models;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JobOutcome run(JobContext context) {
        CreateHubDownload request = downloads.with(context.id(), HubDownload::request);
        Source source = Source.ofHub(request.hf(), request.revision(), request.file());
        HubSnapshot snapshot = models.fetch(source, null, (done, total) -> context.progress(done, total, "bytes"));
        var result = new Result(snapshot.origin(), preprocessing(snapshot));
        return JobOutcome.done(() -> downloads.with(context.id(), download -> {
            download.complete(result);
            return download.id();
        }));
    }

    /** Registering the model says why there is none. */
    private static @Nullable Preprocessing preprocessing(HubSnapshot snapshot) {
        try {
            return snapshot.preprocessing();
        } catch (TaxoscopeException unsupported) {
            return null;
        }
    }
}
