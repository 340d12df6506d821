package io.taxoscope.activationservice.hub;

import io.taxoscope.api.activation.CreateHubDownload;
import io.taxoscope.api.activation.HubDownloadView;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.support.jobs.JobResources;
import io.taxoscope.support.jobs.Jobs;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Submits downloads from the hub and answers how they stand. */
@Service
class HubDownloads extends JobResources<CreateHubDownload, HubDownload, HubDownloadView> {
    HubDownloads(HubDownloadRepository downloads, Jobs jobs, TransactionTemplate transaction) {
        super(
                new Kind<>(
                        HubDownloadJob.KIND,
                        "/api/v1/hub-downloads",
                        request -> HubReference.of(request.hf(), request.revision(), request.file()),
                        HubDownload::new,
                        HubDownloads::unknown),
                downloads,
                jobs,
                transaction);
    }

    private static TaxoscopeException unknown(String id) {
        return HubError.HUB_DOWNLOAD_NOT_FOUND.because("there is no hub download " + id);
    }
}
