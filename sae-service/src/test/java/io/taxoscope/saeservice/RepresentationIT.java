package io.taxoscope.saeservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import io.taxoscope.api.JobState;
import io.taxoscope.api.JobView;
import io.taxoscope.api.sae.CreateEncoding;
import io.taxoscope.api.sae.CreateEvaluation;
import io.taxoscope.api.sae.CreateReconstruction;
import io.taxoscope.api.sae.CreateSae;
import io.taxoscope.api.sae.EncodingView;
import io.taxoscope.api.sae.EvaluationView;
import io.taxoscope.api.sae.LatentEdit;
import io.taxoscope.api.sae.LatentEdit.Operation;
import io.taxoscope.api.sae.ReconstructionView;
import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.api.sae.SaeConfig.DecoderBias;
import io.taxoscope.api.sae.SaeConfig.Dictionary;
import io.taxoscope.api.sae.SaeConfig.Schedule;
import io.taxoscope.api.sae.SaeView;
import io.taxoscope.common.Sha256;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.format.SaeLensFiles;
import io.taxoscope.store.Codes;
import io.taxoscope.store.CodesShard;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.DatasetManifest;
import io.taxoscope.store.ShardSet;
import io.taxoscope.store.ShardSetSpec;
import io.taxoscope.store.ShardSetWriter;
import io.taxoscope.support.testing.PostgresForTests;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/** Evaluations and reconstructions of one small encoding, recomputed from the files that the service leaves. */
@SpringBootTest(webEnvironment = RANDOM_PORT, properties = "spring.config.name=sae")
@AutoConfigureRestTestClient
@Import(PostgresForTests.class)
class RepresentationIT {
    private static final int N = 600;
    private static final int D = 20;
    private static final int CLASSES = 5;

    @TempDir
    static Path root;

    private static @Nullable EncodingView made;

    @Autowired
    RestTestClient client;

    @Autowired
    ContentStore store;

    @DynamicPropertySource
    static void storeRoot(DynamicPropertyRegistry registry) {
        registry.add("taxoscope.store.root", () -> root);
    }

    @BeforeEach
    void encodeOnce() {
        if (made == null) {
            String shardSet = activations().hex();
            SaeView sae = finished("saes", new CreateSae(shardSet, config()), SaeView.class, SaeView::job, SaeView::id);
            made = finished(
                    "encodings",
                    new CreateEncoding(sae.id(), shardSet, 5),
                    EncodingView.class,
                    EncodingView::job,
                    EncodingView::id);
        }
    }

    @Test
    void reportsWhatTheReconstructionsSay() {
        ReconstructionView plain = reconstructed(null, false);
        float[] x = rows(encoding().shardSet());
        float[] xhat = rows(Objects.requireNonNull(plain.shardSet()));
        double[] mean = new double[D];
        for (int at = 0; at < x.length; at++) {
            mean[at % D] += x[at] / (double) N;
        }
        double error = 0;
        double distance = 0;
        for (int at = 0; at < x.length; at++) {
            error += Math.pow((double) x[at] - xhat[at], 2);
            distance += Math.pow(x[at] - mean[at % D], 2);
        }
        var report = Objects.requireNonNull(encoding().report());
        var peers = Objects.requireNonNull(report.peers());
        assertThat(report.fvu()).isCloseTo(error / distance, within(1e-6));
        assertThat(peers.fvu()).isCloseTo(report.fvu(), within(1e-9));
        assertThat(peers.mse()).isCloseTo(error / x.length, within(1e-6));
        assertThat(peers.zeroFractionMsae()).isCloseTo(1 - report.l0() / (2 * D), within(1e-12));
        assertThat(plain.nChanged()).isZero();
    }

    @Test
    void takesALatentOutAndKeepsTheError() {
        CodesShard codes = Codes.open(
                        store, new Sha256(Objects.requireNonNull(encoding().codes())))
                .shard(0);
        int latent = codes.latent(codes.begin(0));
        float[] x = rows(encoding().shardSet());
        float[] xhat = rows(Objects.requireNonNull(reconstructed(null, false).shardSet()));
        ReconstructionView ablated = reconstructed(new LatentEdit(latent, Operation.SCALE, 0), false);
        ReconstructionView kept = reconstructed(new LatentEdit(latent, Operation.SCALE, 0), true);
        float[] without = rows(Objects.requireNonNull(ablated.shardSet()));
        float[] withError = rows(Objects.requireNonNull(kept.shardSet()));

        Parameters weights = weights();
        int firing = 0;
        for (int row = 0; row < N; row++) {
            float z = code(codes, row, latent);
            firing += z > 0 ? 1 : 0;
            for (int i = 0; i < D; i++) {
                double part = z * weights.wDec_sd()[latent * D + i];
                assertThat((double) without[row * D + i]).isCloseTo(xhat[row * D + i] - part, within(1e-4));
                assertThat((double) withError[row * D + i]).isCloseTo(x[row * D + i] - part, within(1e-4));
            }
        }
        assertThat(firing).isPositive();
        assertThat(ablated.nChanged()).isEqualTo(firing);
    }

    @Test
    void givesTheShardSetBackWithItsLastReconstruction() {
        LatentEdit edit = new LatentEdit(3, Operation.SET, 2);
        ReconstructionView one = reconstructed(edit, false);
        ReconstructionView two = reconstructed(edit, false);
        Sha256 ref = new Sha256(Objects.requireNonNull(one.shardSet()));
        assertThat(two.shardSet()).isEqualTo(ref.hex());
        client.delete()
                .uri("/api/v1/reconstructions/" + one.id())
                .exchange()
                .expectStatus()
                .isNoContent();
        assertThat(ShardSet.exists(store, ref)).isTrue();
        client.delete()
                .uri("/api/v1/reconstructions/" + two.id())
                .exchange()
                .expectStatus()
                .isNoContent();
        assertThat(ShardSet.exists(store, ref)).isFalse();
    }

    @Test
    void refusesEditsWithoutEffect() {
        String id = encoding().id();
        assertThat(fields(
                        "reconstructions",
                        new CreateReconstruction(
                                id,
                                List.of(
                                        new LatentEdit(2 * D, Operation.SET, 0),
                                        new LatentEdit(1, Operation.SCALE, 1),
                                        new LatentEdit(1, Operation.AT_LEAST, 0)),
                                false)))
                .containsExactly("edits[0].latent", "edits[1].value", "edits[2].latent", "edits[2].value");
        assertThat(fields("reconstructions", new CreateReconstruction(id, null, true)))
                .containsExactly("keepError");
        assertThat(fields("evaluations", new CreateEvaluation(id, 30, 30, null, null)))
                .containsExactly("neighbours");
    }

    @Test
    void evaluatesNeighboursClassesAndTheDictionary() {
        EvaluationView evaluation = finished(
                "evaluations",
                new CreateEvaluation(encoding().id(), 200, null, null, null),
                EvaluationView.class,
                EvaluationView::job,
                EvaluationView::id);

        var report = Objects.requireNonNull(evaluation.report());
        assertThat(report.alignment().nExamples()).isEqualTo(200);
        assertThat(report.alignment().reconstruction().cka()).isBetween(0.8, 1.0);
        assertThat(report.alignment().codes().cka())
                .isLessThan(report.alignment().reconstruction().cka());
        assertThat(report.alignment().reconstruction().cknna()).isBetween(0.1, 1.05);
        assertThat(report.dictionary().nDirections()).isEqualTo(2 * D);
        assertThat(report.dictionary().mutualCoherence()).isBetween(0.3, 1.0);
        assertThat(report.dictionary().effectiveRank()).isBetween(2.0, (double) D);
        var probes = Objects.requireNonNull(report.probes());
        assertThat(probes.nTrain()).isEqualTo(N / 2);
        assertThat(probes.classes()).isEqualTo(CLASSES);
        assertThat(probes.majority()).isCloseTo(0.2, within(0.03));
        for (var probe : List.of(probes.activations(), probes.reconstruction(), probes.codes())) {
            assertThat(probe.accuracy()).isGreaterThan(0.8);
            assertThat(probe.permuted()).isLessThan(0.5);
        }
        client.delete()
                .uri("/api/v1/evaluations/" + evaluation.id())
                .exchange()
                .expectStatus()
                .isNoContent();
        client.get()
                .uri("/api/v1/evaluations/" + evaluation.id())
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    /** Clusters of five classes, one after the other. */
    private Sha256 activations() {
        Random random = new Random(11);
        float[] centre = new float[CLASSES * D];
        for (int i = 0; i < centre.length; i++) {
            centre[i] = (float) random.nextGaussian();
        }
        float[] x = new float[N * D];
        List<DatasetManifest.Example> examples = new ArrayList<>();
        for (int row = 0; row < N; row++) {
            int label = row * CLASSES / N;
            examples.add(new DatasetManifest.Example(
                    row, row + ".png", "class" + label, Sha256.of("image" + row).hex(), 8, 8));
            for (int i = 0; i < D; i++) {
                x[row * D + i] = (float) (2 * centre[label * D + i] + 0.5 * random.nextGaussian());
            }
        }
        var spec = new ShardSetSpec(
                "blocks.1.resid_post", 1, "CLS", D, N, N, "test-model", DatasetManifest.write(store, examples));
        ShardSetWriter writer = ShardSetWriter.open(store, "clusters", spec);
        writer.commit(0, x);
        return writer.seal();
    }

    private static SaeConfig config() {
        return new SaeConfig(
                SaeConfig.Architecture.TOPK,
                4,
                null,
                2.0,
                400,
                128,
                3e-3,
                new Schedule(10, Schedule.Decay.CONSTANT),
                null,
                true,
                DecoderBias.MEAN,
                5,
                Dictionary.LEARNED);
    }

    private ReconstructionView reconstructed(@Nullable LatentEdit edit, boolean keepError) {
        return finished(
                "reconstructions",
                new CreateReconstruction(encoding().id(), edit == null ? null : List.of(edit), keepError),
                ReconstructionView.class,
                ReconstructionView::job,
                ReconstructionView::id);
    }

    private static float code(CodesShard codes, int row, int latent) {
        for (int at = codes.begin(row); at < codes.end(row); at++) {
            if (codes.latent(at) == latent) {
                return codes.value(at);
            }
        }
        return 0;
    }

    private Parameters weights() {
        SaeView sae = get("/api/v1/saes/" + encoding().saeId(), SaeView.class);
        return SaeLensFiles.readWeights(store.blob(new Sha256(Objects.requireNonNull(sae.weights()))));
    }

    private float[] rows(String shardSet) {
        try (ShardSet set = ShardSet.open(store, new Sha256(shardSet))) {
            float[] rows = new float[N * D];
            set.rows(0, N, rows);
            return rows;
        }
    }

    private static EncodingView encoding() {
        return Objects.requireNonNull(made);
    }

    private <T> T finished(
            String collection, Object request, Class<T> type, Function<T, JobView> job, Function<T, String> id) {
        T submitted = Objects.requireNonNull(client.post()
                .uri("/api/v1/" + collection)
                .body(request)
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectBody(type)
                .returnResult()
                .getResponseBody());
        String uri = "/api/v1/" + collection + "/" + id.apply(submitted);
        await().atMost(Duration.ofMinutes(3))
                .until(() -> job.apply(get(uri, type)).state().isFinished());
        T done = get(uri, type);
        assertThat(job.apply(done).state()).as("%s", job.apply(done).error()).isEqualTo(JobState.SUCCEEDED);
        return done;
    }

    private <T> T get(String uri, Class<T> type) {
        return Objects.requireNonNull(client.get()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(type)
                .returnResult()
                .getResponseBody());
    }

    private List<String> fields(String collection, Object request) {
        JsonNode problem = client.post()
                .uri("/api/v1/" + collection)
                .body(request)
                .exchange()
                .expectStatus()
                .isEqualTo(422)
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        return Objects.requireNonNull(problem)
                .get("errors")
                .valueStream()
                .map(error -> error.get("field").asString())
                .toList();
    }
}
