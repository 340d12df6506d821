package io.taxoscope.gatewayfakes;

import io.taxoscope.api.JobState;
import io.taxoscope.api.Page;
import io.taxoscope.api.activation.CreateDataset;
import io.taxoscope.api.activation.CreateExtraction;
import io.taxoscope.api.activation.CreateModel;
import io.taxoscope.api.activation.DatasetApi;
import io.taxoscope.api.activation.DatasetView;
import io.taxoscope.api.activation.DatasetView.LabelCount;
import io.taxoscope.api.activation.ExtractionApi;
import io.taxoscope.api.activation.ExtractionEstimate;
import io.taxoscope.api.activation.ExtractionView;
import io.taxoscope.api.activation.ExtractionView.ShardSetView;
import io.taxoscope.api.activation.ImageView;
import io.taxoscope.api.activation.ModelApi;
import io.taxoscope.api.activation.ModelView;
import io.taxoscope.api.activation.ModelView.ModelKind;
import io.taxoscope.api.activation.ModelView.Tap;
import io.taxoscope.api.activation.ShardSetCheck;
import io.taxoscope.api.activation.StoredType;
import io.taxoscope.api.activation.TokenSelection;
import io.taxoscope.api.activation.VerificationView;
import io.taxoscope.api.activation.VerifyModel;
import io.taxoscope.common.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Models with three layers of width 8, and datasets of the labels given by {@link #labels}. */
public final class FakeActivation {
    public static final int WIDTH = 8;

    public final FakeJobs<CreateDataset> datasetJobs = new FakeJobs<>("dataset");
    public final FakeJobs<CreateExtraction> extractionJobs = new FakeJobs<>("extraction");
    final Map<String, CreateModel> models = new ConcurrentHashMap<>();
    public volatile List<String> labels = List.of("n02084071", "n02121808");

    static ResponseStatusException notFound(String what) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no " + what);
    }

    @RestController
    static class Models implements ModelApi {
        private final FakeActivation fake;

        Models(FakeActivation fake) {
            this.fake = fake;
        }

        @Override
        public ResponseEntity<ModelView> register(CreateModel request, @Nullable String hubToken) {
            String id = "model-" + Sha256.of(request.toString()).hex().substring(0, 8);
            fake.models.put(id, request);
            return ResponseEntity.ok(find(id));
        }

        @Override
        public Page<ModelView> list() {
            return new Page<>(fake.models.keySet().stream().map(this::find).toList(), null);
        }

        @Override
        public ModelView find(String id) {
            CreateModel request = fake.models.get(id);
            if (request == null) {
                throw notFound("model " + id);
            }
            return new ModelView(
                    id,
                    request.name(),
                    Sha256.of(id).hex(),
                    1,
                    ModelKind.TRANSFORMER,
                    Objects.requireNonNull(request.preprocessing()),
                    "x",
                    IntStream.range(-1, 3).mapToObj(Models::tap).toList(),
                    Instant.EPOCH,
                    null);
        }

        private static Tap tap(int depth) {
            String name = depth < 0 ? "embeddings" : "blocks." + depth + ".resid_post";
            List<TokenSelection> tokens = depth < 0
                    ? List.of(TokenSelection.PATCH_MEAN)
                    : List.of(TokenSelection.CLS, TokenSelection.PATCH_MEAN);
            return new Tap(name, "t" + depth, depth, WIDTH, ModelView.Layout.BTD, tokens, depth >= 0, null);
        }

        @Override
        public Page<Tap> taps(String id) {
            return new Page<>(find(id).taps(), null);
        }

        @Override
        public VerificationView verify(String id, VerifyModel request) {
            throw new UnsupportedOperationException("no experiment verifies a model");
        }

        @Override
        public ResponseEntity<Void> delete(String id) {
            fake.models.remove(id);
            return ResponseEntity.noContent().build();
        }
    }

    @RestController
    static class Datasets implements DatasetApi {
        private final FakeActivation fake;

        Datasets(FakeActivation fake) {
            this.fake = fake;
        }

        @Override
        public ResponseEntity<DatasetView> register(CreateDataset request, @Nullable String key) {
            if ("/nowhere".equals(request.source().path())) {
                throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT, "there is no folder /nowhere");
            }
            return fake.datasetJobs.submit(request, key, this::find);
        }

        @Override
        public Page<DatasetView> list() {
            return new Page<>(List.of(), null);
        }

        @Override
        public DatasetView find(String id) {
            var job = fake.datasetJobs.look(id);
            boolean isDone = job.state() == JobState.SUCCEEDED;
            return new DatasetView(
                    id,
                    fake.datasetJobs.request(id).name(),
                    job,
                    isDone ? Sha256.of(id).hex() : null,
                    isDone ? 20 : 0,
                    0,
                    List.of(),
                    0,
                    isDone
                            ? fake.labels.stream()
                                    .map(label -> new LabelCount(label, 10))
                                    .toList()
                            : List.of());
        }

        @Override
        public DatasetView cancel(String id) {
            return fake.datasetJobs.cancel(id, this::find);
        }

        @Override
        public ResponseEntity<DatasetView> retry(String id) {
            return fake.datasetJobs.retry(id, this::find);
        }

        @Override
        public ResponseEntity<Void> delete(String id) {
            return fake.datasetJobs.delete(id);
        }

        @Override
        public Page<ImageView> images(String id, @Nullable String cursor, int limit) {
            return new Page<>(List.of(), null);
        }

        @Override
        public ImageView image(String id, int index) {
            return new ImageView(
                    index,
                    "a/%d.jpg".formatted(index),
                    "n02084071",
                    Sha256.of("" + index).hex(),
                    32,
                    32);
        }

        @Override
        public ResponseEntity<Resource> thumbnail(String id, int index, int size) {
            return ResponseEntity.ok()
                    .contentType(MediaType.IMAGE_JPEG)
                    .body(new ByteArrayResource(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) index}));
        }
    }

    @RestController
    static class Uploads {
        /** Counts what arrives, which is all that a test of a big upload wants to know. */
        @PutMapping("/api/v1/uploads")
        Map<String, Object> upload(InputStream body) throws IOException {
            long bytes = body.transferTo(OutputStream.nullOutputStream());
            return Map.of("sha256", Sha256.of("upload").hex(), "bytes", bytes);
        }
    }

    @RestController
    static class Extractions implements ExtractionApi {
        private final FakeActivation fake;

        Extractions(FakeActivation fake) {
            this.fake = fake;
        }

        @Override
        public ResponseEntity<ExtractionView> submit(CreateExtraction request, @Nullable String key) {
            return fake.extractionJobs.submit(request, key, this::find);
        }

        @Override
        public ExtractionEstimate estimate(CreateExtraction request) {
            throw notFound("model " + request.modelId());
        }

        @Override
        public Page<ExtractionView> list() {
            return new Page<>(List.of(), null);
        }

        @Override
        public ExtractionView find(String id) {
            var job = fake.extractionJobs.look(id);
            CreateExtraction request = fake.extractionJobs.request(id);
            List<String> taps = request.taps() == null ? List.of() : request.taps();
            List<ShardSetView> sets = IntStream.range(0, taps.size())
                    .mapToObj(depth -> new ShardSetView(
                            Sha256.of(id + taps.get(depth)).hex(),
                            taps.get(depth),
                            depth,
                            request.tokens().getFirst(),
                            20,
                            1,
                            WIDTH,
                            StoredType.F32,
                            640))
                    .toList();
            return new ExtractionView(
                    id,
                    job,
                    request.modelId(),
                    request.datasetId(),
                    job.state() == JobState.SUCCEEDED ? sets : List.of());
        }

        @Override
        public ExtractionView cancel(String id) {
            return fake.extractionJobs.cancel(id, this::find);
        }

        @Override
        public ResponseEntity<ExtractionView> retry(String id) {
            return fake.extractionJobs.retry(id, this::find);
        }

        @Override
        public ResponseEntity<Void> delete(String id) {
            return fake.extractionJobs.delete(id);
        }

        @Override
        public ResponseEntity<Resource> shardSet(String ref) {
            throw notFound("shard set " + ref);
        }

        @Override
        public ShardSetCheck verify(String ref) {
            throw notFound("shard set " + ref);
        }

        @Override
        public ResponseEntity<Resource> shardFile(String ref, String name) {
            throw notFound("shard set " + ref);
        }
    }
}
