package io.taxoscope.gatewayfakes;

import io.taxoscope.api.JobState;
import io.taxoscope.api.Page;
import io.taxoscope.api.sae.CreateEncoding;
import io.taxoscope.api.sae.CreateSae;
import io.taxoscope.api.sae.EncodingApi;
import io.taxoscope.api.sae.EncodingView;
import io.taxoscope.api.sae.LatentTop;
import io.taxoscope.api.sae.LatentTop.TopExample;
import io.taxoscope.api.sae.SaeApi;
import io.taxoscope.api.sae.SaeView;
import io.taxoscope.common.Sha256;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

/** SAEs whose reports tell trained ones (FVU 0.1) from snapshots (0.5) and from controls. */
public final class FakeSae {
    public final FakeJobs<CreateSae> saeJobs = new FakeJobs<>("sae");
    public final FakeJobs<CreateEncoding> encodingJobs = new FakeJobs<>("encoding");

    /** How often top images were asked for. */
    public final AtomicInteger topQuestions = new AtomicInteger();

    @RestController
    static class Saes implements SaeApi {
        private final FakeSae fake;

        Saes(FakeSae fake) {
            this.fake = fake;
        }

        @Override
        public ResponseEntity<SaeView> train(CreateSae request, @Nullable String key) {
            return fake.saeJobs.submit(request, key, this::find);
        }

        @Override
        public Page<SaeView> list() {
            return new Page<>(List.of(), null);
        }

        @Override
        public SaeView find(String id) {
            CreateSae request = fake.saeJobs.request(id);
            return new SaeView(
                    id,
                    fake.saeJobs.look(id),
                    request.shardSet(),
                    request.config(),
                    FakeActivation.WIDTH,
                    null,
                    List.of(),
                    List.of(),
                    null,
                    null,
                    null,
                    null);
        }

        @Override
        public SaeView cancel(String id) {
            return fake.saeJobs.cancel(id, this::find);
        }

        @Override
        public ResponseEntity<SaeView> retry(String id) {
            return fake.saeJobs.retry(id, this::find);
        }

        @Override
        public ResponseEntity<Void> delete(String id) {
            return fake.saeJobs.delete(id);
        }

        @Override
        public ResponseEntity<Resource> weights(String id) {
            throw FakeActivation.notFound("weights of " + id);
        }

        @Override
        public ResponseEntity<Resource> cfg(String id) {
            throw FakeActivation.notFound("cfg of " + id);
        }
    }

    @RestController
    static class Encodings implements EncodingApi {
        private final FakeSae fake;

        Encodings(FakeSae fake) {
            this.fake = fake;
        }

        @Override
        public ResponseEntity<EncodingView> submit(CreateEncoding request, @Nullable String key) {
            return fake.encodingJobs.submit(request, key, this::find);
        }

        @Override
        public Page<EncodingView> list() {
            return new Page<>(List.of(), null);
        }

        @Override
        public EncodingView find(String id) {
            CreateEncoding request = fake.encodingJobs.request(id);
            var job = fake.encodingJobs.look(id);
            boolean isDone = job.state() == JobState.SUCCEEDED;
            CreateSae sae = fake.saeJobs.request(request.saeId());
            Integer snapshot = request.snapshot();
            boolean hasSnapshot = snapshot == null
                    || Objects.requireNonNullElse(sae.snapshots(), List.<Integer>of())
                            .contains(snapshot);
            if (!hasSnapshot) {
                throw FakeActivation.notFound("snapshot " + snapshot);
            }
            String weights = snapshot == null ? sae.config().dictionary().name() : "snapshot";
            return new EncodingView(
                    id,
                    job,
                    request.saeId(),
                    request.shardSet(),
                    snapshot,
                    isDone ? Sha256.of(weights + id).hex() : null,
                    isDone ? report(fvu(sae, snapshot)) : null);
        }

        private static double fvu(CreateSae sae, @Nullable Integer snapshot) {
            return switch (sae.config().dictionary()) {
                case LEARNED -> snapshot == null ? 0.1 : 0.5;
                case INITIAL -> 0.9;
                case NEURONS -> 0.7;
                case PCA -> 0.3;
            };
        }

        private static EncodingView.Report report(double fvu) {
            return new EncodingView.Report(
                    20,
                    16,
                    fvu,
                    fvu,
                    1 - fvu,
                    0.9,
                    0.9,
                    1,
                    4,
                    0,
                    0,
                    0.0,
                    new EncodingView.Histogram(List.of(-1.0, 0.0), List.of(16L)),
                    null);
        }

        @Override
        public EncodingView cancel(String id) {
            return fake.encodingJobs.cancel(id, this::find);
        }

        @Override
        public ResponseEntity<EncodingView> retry(String id) {
            return fake.encodingJobs.retry(id, this::find);
        }

        @Override
        public ResponseEntity<Void> delete(String id) {
            return fake.encodingJobs.delete(id);
        }

        @Override
        public LatentTop top(String id, int latent) {
            return new LatentTop(latent, 5, List.of(new TopExample(3, 2f), new TopExample(latent, 1f)));
        }

        @Override
        public Page<LatentTop> tops(String id, List<Integer> latents) {
            fake.topQuestions.incrementAndGet();
            return new Page<>(latents.stream().map(latent -> top(id, latent)).toList(), null);
        }

        @Override
        public ResponseEntity<Resource> codes(String id) {
            throw FakeActivation.notFound("codes of " + id);
        }

        @Override
        public ResponseEntity<Resource> codesFile(String id, String name) {
            throw FakeActivation.notFound("codes of " + id);
        }
    }
}
