package io.taxoscope.activationservice.hub;

import io.taxoscope.api.Page;
import io.taxoscope.api.activation.CreateHubDownload;
import io.taxoscope.api.activation.HubDownloadApi;
import io.taxoscope.api.activation.HubDownloadView;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

@RestController
class HubDownloadController implements HubDownloadApi {
    private final HubDownloads downloads;

    HubDownloadController(HubDownloads downloads) {
        this.downloads = downloads;
    }

    @Override
    public ResponseEntity<HubDownloadView> submit(CreateHubDownload request, @Nullable String idempotencyKey) {
        return downloads.submit(request, idempotencyKey);
    }

    @Override
    public Page<HubDownloadView> list() {
        return new Page<>(downloads.list(), null);
    }

    @Override
    public HubDownloadView find(String id) {
        return downloads.view(id);
    }

    @Override
    public HubDownloadView cancel(String id) {
        return downloads.cancel(id);
    }

    @Override
    public ResponseEntity<HubDownloadView> retry(String id) {
        return downloads.retry(id);
    }

    @Override
    public ResponseEntity<Void> delete(String id) {
        return downloads.delete(id);
    }
}
