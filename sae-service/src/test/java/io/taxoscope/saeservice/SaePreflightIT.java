package io.taxoscope.saeservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import io.taxoscope.api.JobState;
import io.taxoscope.api.sae.CreateSae;
import io.taxoscope.api.sae.CreateSaeGroup;
import io.taxoscope.api.sae.SaeAdviceView;
import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.api.sae.SaeConfig.DecoderBias;
import io.taxoscope.api.sae.SaeGroupView;
import io.taxoscope.api.sae.SaeQuoteView;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSetSpec;
import io.taxoscope.store.ShardSetWriter;
import io.taxoscope.support.testing.PostgresForTests;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/** What is said before a training, by a service that may take little memory. */
@SpringBootTest(
        webEnvironment = RANDOM_PORT,
        properties = {"spring.config.name=sae", "taxoscope.sae.training.memory=150MB"})
@AutoConfigureRestTestClient
@Import(PostgresForTests.class)
class SaePreflightIT {
    /** Of which two fit into the memory together, and three do not; a matrix fills 4 MiB, whatever the collector's regions. */
    private static final int LATENTS = 32_700;

    private static final int STEPS = 10;

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

    @Test
    void quotesTimeMemoryAndDiskAndCutsAGroupAccordingly() {
        var request = new CreateSaeGroup(Collections.nCopies(3, order(TestActivations.write(store, 1), LATENTS)));
        SaeQuoteView quote = post("quotes", request, SaeQuoteView.class);

        assertThat(quote.fits()).isTrue();
        assertThat(quote.passes()).containsExactly(List.of(0, 1), List.of(2));
        SaeQuoteView.Quote one = quote.saes().getFirst();
        assertThat(one.latents()).isEqualTo(LATENTS);
        assertThat(one.memoryHeld()).isGreaterThan(6L * Float.BYTES * LATENTS * TestActivations.WIDTH);
        assertThat(quote.memory().needed())
                .isEqualTo(2 * one.memoryHeld() + one.memoryPassing())
                .isLessThanOrEqualTo(quote.memory().available());
        double step = Objects.requireNonNull(one.stepSeconds());
        assertThat(step).isPositive();
        assertThat(one.seconds()).isCloseTo(STEPS * step, within(1e-9));
        assertThat(quote.disk().needed())
                .isEqualTo(3 * one.disk())
                .isLessThan(quote.disk().available());
        assertThat(quote.kernel()).startsWith("vector-");

        SaeGroupView group = Objects.requireNonNull(client.post()
                .uri("/api/v1/sae-groups")
                .body(request)
                .exchange()
                .expectBody(SaeGroupView.class)
                .returnResult()
                .getResponseBody());
        await().atMost(Duration.ofMinutes(2))
                .until(() -> group(group.id()).job().state().isFinished());
        assertThat(group(group.id()).saes())
                .hasSize(3)
                .allMatch(sae -> sae.job().state() == JobState.SUCCEEDED);
    }

    @Test
    void quotesWhatDoesNotFitAndRefusesToTrainIt() {
        CreateSae large = order(TestActivations.write(store, 2), 4 * LATENTS);
        SaeQuoteView quote = post("quotes", new CreateSaeGroup(List.of(large)), SaeQuoteView.class);
        assertThat(quote.fits()).isFalse();
        assertThat(quote.seconds()).isNull();
        assertThat(quote.memory().needed()).isGreaterThan(quote.memory().available());

        JsonNode problem = Objects.requireNonNull(client.post()
                .uri("/api/v1/saes")
                .body(large)
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT)
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());
        assertThat(problem.get("code").asString()).isEqualTo("RESOURCES_INSUFFICIENT");
        assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo("config.width");
        assertThat(problem.get("errors").get(0).get("message").asString()).contains("150.0 MiB", "lower width");
    }

    @Test
    void advisesToCentreWhatIsFarFromZero() {
        Sha256 shifted = shifted(3, 50);
        SaeAdviceView off = post("advice", biased(shifted, DecoderBias.ZERO), SaeAdviceView.class);
        assertThat(off.gamma()).isGreaterThan(10);
        assertThat(off.sampled()).isEqualTo(TestActivations.EXAMPLES);
        assertThat(off.participationRatio()).isBetween(5.0, (double) TestActivations.WIDTH);
        assertThat(off.entropyRank()).isBetween(off.participationRatio(), (double) TestActivations.WIDTH);
        assertThat(off.advice()).map(SaeAdviceView.Advice::field).contains("config.decoderBias", "config.width");

        SaeAdviceView centred = post("advice", biased(shifted, DecoderBias.MEAN), SaeAdviceView.class);
        assertThat(centred.gamma()).isEqualTo(off.gamma());
        assertThat(centred.forecast().dead()).isLessThan(centred.forecast().deadUncentred());
        assertThat(centred.forecast().deadUncentred()).isEqualTo(off.forecast().dead());
        assertThat(centred.advice()).isEmpty();
    }

    private static CreateSae biased(Sha256 shardSet, DecoderBias bias) {
        SaeConfig config = SaeGroupIT.config(64, 6, 100, 3e-3, null, null);
        return new CreateSae(
                shardSet.hex(),
                new SaeConfig(
                        config.architecture(),
                        config.k(),
                        config.width(),
                        null,
                        config.steps(),
                        config.batchSize(),
                        config.learningRate(),
                        config.schedule(),
                        config.auxK(),
                        true,
                        bias,
                        1,
                        config.dictionary()));
    }

    private static CreateSae order(Sha256 shardSet, int latents) {
        return new CreateSae(shardSet.hex(), SaeGroupIT.config(latents, 3, STEPS, 3e-3, null, null));
    }

    private Sha256 shifted(long seed, float by) {
        float[] acts_bd = TestActivations.generate(seed);
        for (int i = 0; i < acts_bd.length; i++) {
            acts_bd[i] += by;
        }
        var spec = new ShardSetSpec(
                "blocks.5.resid_post",
                5,
                "CLS",
                TestActivations.WIDTH,
                TestActivations.EXAMPLES,
                TestActivations.EXAMPLES,
                "test-model",
                Sha256.of("dataset"));
        var writer = ShardSetWriter.open(store, "shifted-" + seed, spec);
        writer.commit(0, acts_bd);
        return writer.seal();
    }

    private SaeGroupView group(String id) {
        return Objects.requireNonNull(client.get()
                .uri("/api/v1/sae-groups/" + id)
                .exchange()
                .expectBody(SaeGroupView.class)
                .returnResult()
                .getResponseBody());
    }

    private <T> T post(String what, Object request, Class<T> type) {
        return Objects.requireNonNull(client.post()
                .uri("/api/v1/saes/" + what)
                .body(request)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(type)
                .returnResult()
                .getResponseBody());
    }
}
