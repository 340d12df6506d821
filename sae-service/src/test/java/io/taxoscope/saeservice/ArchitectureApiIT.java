package io.taxoscope.saeservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import io.taxoscope.api.JobState;
import io.taxoscope.api.sae.CreateEncoding;
import io.taxoscope.api.sae.CreateSae;
import io.taxoscope.api.sae.EncodingView;
import io.taxoscope.api.sae.OptimizerSpec;
import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.api.sae.SaeConfig.Architecture;
import io.taxoscope.api.sae.SaeConfig.AuxK;
import io.taxoscope.api.sae.SaeConfig.DecoderBias;
import io.taxoscope.api.sae.SaeConfig.Dictionary;
import io.taxoscope.api.sae.SaeConfig.Schedule;
import io.taxoscope.api.sae.SaeView;
import io.taxoscope.api.sae.Sparsity;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.support.testing.PostgresForTests;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@SpringBootTest(webEnvironment = RANDOM_PORT, properties = "spring.config.name=sae")
@AutoConfigureRestTestClient
@Import(PostgresForTests.class)
class ArchitectureApiIT {
    private static final OptimizerSpec ADAMW = new OptimizerSpec(OptimizerSpec.Rule.ADAMW, 0.01, null, 1.0);

    @TempDir
    static Path root;

    @Autowired
    RestTestClient client;

    @Autowired
    ContentStore store;

    @DynamicPropertySource
    static void storeRoot(DynamicPropertyRegistry registry) {
        registry.add("taxoscope.store.root", () -> root);
    }

    static Stream<Arguments> architectures() {
        return Stream.of(
                Arguments.of(config(Architecture.BATCH_TOPK, 3, Sparsity.batch(0.05), ADAMW), "jumprelu"),
                Arguments.of(
                        config(
                                Architecture.MATRYOSHKA,
                                3,
                                new Sparsity(null, null, null, null, 0.05, List.of(8, 20), null, null, null),
                                null),
                        "jumprelu"),
                Arguments.of(
                        config(
                                Architecture.NESTED_TOPK,
                                6,
                                new Sparsity(
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        List.of(3),
                                        Sparsity.Weighting.UNIFORM),
                                null),
                        "topk"),
                Arguments.of(config(Architecture.RELU, 0, penalty(2), null), "standard"),
                Arguments.of(
                        config(
                                Architecture.JUMPRELU,
                                0,
                                new Sparsity(2.0, null, 0.5, 1.0, null, null, null, null, null),
                                null),
                        "jumprelu"),
                Arguments.of(config(Architecture.GATED, 0, penalty(4), null), "gated"));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void trainsEncodesAndExportsEveryArchitecture(SaeConfig config, String saeLensName) {
        Sha256 shardSet = TestActivations.write(store, 1);
        SaeView sae = trained(new CreateSae(shardSet.hex(), config));
        assertThat(Objects.requireNonNull(sae.config()).sparsity()).isEqualTo(config.sparsity());
        assertThat(sae.curve().getLast().fvu())
                .isLessThan(0.6 * sae.curve().getFirst().fvu());
        JsonNode cfg = get("/api/v1/saes/" + sae.id() + "/cfg.json", JsonNode.class);
        assertThat(cfg.get("architecture").asString()).isEqualTo(saeLensName);

        EncodingView.Report report = Objects.requireNonNull(
                encoded(new CreateEncoding(sae.id(), shardSet.hex(), null)).report());
        // the threshold stands in for the batch, the last weights for the curve's last batch
        assertThat(report.l0())
                .isBetween(
                        0.6 * sae.curve().getLast().l0(),
                        1.6 * sae.curve().getLast().l0());
        assertThat(report.fvu()).isLessThan(2 * sae.curve().getLast().fvu());
    }

    @Test
    void namesEveryFieldThatWouldHaveNoEffect() {
        Sha256 shardSet = TestActivations.write(store, 3);
        OptimizerSpec adam = new OptimizerSpec(OptimizerSpec.Rule.ADAM, 0.1, null, null);
        SaeConfig topK = config(Architecture.TOPK, 3, Sparsity.batch(0.1), adam);
        assertThat(fieldsOf(new CreateSae(shardSet.hex(), topK)))
                .containsExactly("config.sparsity.thresholdMomentum", "config.optimizer.weightDecay");
        SaeConfig relu = new SaeConfig(
                Architecture.RELU,
                3,
                48,
                null,
                100,
                128,
                1e-3,
                new Schedule(10, Schedule.Decay.CONSTANT),
                new AuxK(1 / 32.0, 8, 1_000),
                true,
                DecoderBias.MEAN,
                1,
                Dictionary.LEARNED,
                null,
                null);
        assertThat(fieldsOf(new CreateSae(shardSet.hex(), relu)))
                .containsExactly("config.k", "config.auxK", "config.sparsity.penalty");
        Sparsity both = new Sparsity(
                null, null, null, null, 0.1, List.of(20, 8), new Sparsity.RandomPrefixes(3, 0.5), null, null);
        assertThat(fieldsOf(new CreateSae(shardSet.hex(), config(Architecture.MATRYOSHKA, 3, both, null))))
                .containsExactly("config.sparsity.prefixes", "config.sparsity.prefixes[1]");
        Sparsity tooLong = new Sparsity(null, null, null, null, 0.1, List.of(1_000), null, null, null);
        assertThat(fieldsOf(new CreateSae(shardSet.hex(), config(Architecture.MATRYOSHKA, 3, tooLong, null))))
                .containsExactly("config.sparsity.prefixes");
    }

    private static Sparsity penalty(double penalty) {
        return new Sparsity(penalty, null, null, null, null, null, null, null, null);
    }

    private static SaeConfig config(
            Architecture architecture, int k, Sparsity sparsity, @Nullable OptimizerSpec optimizer) {
        return new SaeConfig(
                architecture,
                k,
                null,
                2.0,
                300,
                256,
                3e-3,
                new Schedule(10, Schedule.Decay.LINEAR_TO_ZERO),
                null,
                true,
                DecoderBias.GEOMETRIC_MEDIAN,
                7,
                Dictionary.LEARNED,
                sparsity,
                optimizer);
    }

    private SaeView trained(CreateSae request) {
        SaeView submitted = post("/api/v1/saes", request, HttpStatus.ACCEPTED, SaeView.class);
        String uri = "/api/v1/saes/" + submitted.id();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> get(uri, SaeView.class).job().state().isFinished());
        SaeView sae = get(uri, SaeView.class);
        assertThat(sae.job().state()).as("%s", sae.job().error()).isEqualTo(JobState.SUCCEEDED);
        return sae;
    }

    private EncodingView encoded(CreateEncoding request) {
        EncodingView submitted = post("/api/v1/encodings", request, HttpStatus.ACCEPTED, EncodingView.class);
        String uri = "/api/v1/encodings/" + submitted.id();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> get(uri, EncodingView.class).job().state().isFinished());
        EncodingView encoding = get(uri, EncodingView.class);
        assertThat(encoding.job().state()).as("%s", encoding.job().error()).isEqualTo(JobState.SUCCEEDED);
        return encoding;
    }

    private List<String> fieldsOf(CreateSae request) {
        JsonNode problem = post("/api/v1/saes", request, HttpStatus.UNPROCESSABLE_CONTENT, JsonNode.class);
        return problem.get("errors")
                .valueStream()
                .map(e -> e.get("field").asString())
                .toList();
    }

    private <T> T post(String uri, Object body, HttpStatus status, Class<T> type) {
        return Objects.requireNonNull(client.post()
                .uri(uri)
                .body(body)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(type)
                .returnResult()
                .getResponseBody());
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
}
