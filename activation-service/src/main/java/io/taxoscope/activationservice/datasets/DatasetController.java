package io.taxoscope.activationservice.datasets;

import io.taxoscope.api.Page;
import io.taxoscope.api.activation.CreateDataset;
import io.taxoscope.api.activation.DatasetApi;
import io.taxoscope.api.activation.DatasetView;
import io.taxoscope.api.activation.ImageView;
import io.taxoscope.common.Sha256;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

@RestController
class DatasetController implements DatasetApi {
    private final Datasets datasets;
    private final DatasetImages images;

    DatasetController(Datasets datasets, DatasetImages images) {
        this.datasets = datasets;
        this.images = images;
    }

    @Override
    public ResponseEntity<DatasetView> register(CreateDataset request, @Nullable String idempotencyKey) {
        return accepted(datasets.submit(request, idempotencyKey));
    }

    @Override
    public Page<DatasetView> list() {
        return new Page<>(datasets.views(), null);
    }

    @Override
    public DatasetView find(String id) {
        return datasets.view(id);
    }

    @Override
    public DatasetView cancel(String id) {
        datasets.cancel(id);
        return datasets.view(id);
    }

    @Override
    public ResponseEntity<DatasetView> retry(String id) {
        datasets.retry(id);
        return accepted(id);
    }

    @Override
    public ResponseEntity<Void> delete(String id) {
        datasets.remove(id);
        return ResponseEntity.noContent().build();
    }

    @Override
    public Page<ImageView> images(String id, @Nullable String cursor, int limit) {
        return images.page(id, cursor, limit);
    }

    @Override
    public ImageView image(String id, int index) {
        return images.image(id, index);
    }

    @Override
    public ResponseEntity<Resource> thumbnail(String id, int index, int size) {
        Sha256 file = images.hash(id, index);
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_JPEG)
                .eTag(file.hex() + "-" + size)
                .cacheControl(CacheControl.maxAge(Duration.ofDays(365)).immutable())
                .body(new ByteArrayResource(images.thumbnail(file, size)));
    }

    private ResponseEntity<DatasetView> accepted(String id) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/datasets/" + id))
                .body(datasets.view(id));
    }
}
