package io.taxoscope.saeservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import io.taxoscope.api.sae.Conventions;
import io.taxoscope.api.sae.Conventions.Archetypes;
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
import io.taxoscope.api.sae.Sparsity.Hierarchy;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.support.testing.PostgresForTests;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@SpringBootTest(webEnvironment = RANDOM_PORT, properties = "spring.config.name=sae")
@AutoConfigureRestTestClient
@Import(PostgresForTests.class)
class ArchitectureApiIT {
    private static final OptimizerSpec ADAMW = new OptimizerSpec(OptimizerSpec.Rule.ADAMW, 0.01, null, 1.0);

    private static final OptimizerSpec MUON = new OptimizerSpec(OptimizerSpec.Rule.MUON, null, 0.9, null);

    @TempDir
    static Path root;

    @Autowired
    RestTestClient client;

    @Autowired
    ContentStore store;

    private SaeRequests requests;

    @BeforeEach
    void connect() {
        requests = new SaeRequests(client);
    }

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
                Arguments.of(config(Architecture.GATED, 0, penalty(4), null), "gated"),
                Arguments.of(
                        config(
                                Architecture.JUMPRELU,
                                0,
                                new Sparsity(
                                        2.0,
                                        null,
                                        0.5,
                                        1.0,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        4.0,
                                        true,
                                        new Sparsity.PreActivation(0.05, 2_000),
                                        null),
                                null),
                        "jumprelu"),
                Arguments.of(
                        config(Architecture.HIERARCHICAL, 2, Sparsity.hierarchy(new Hierarchy(3, 2, 0.1)), null),
                        "taxoscope_hierarchical"),
                Arguments.of(config(Architecture.TOPK, 3, null, MUON), "topk"),
                Arguments.of(config(Architecture.TOPK, 3, Sparsity.signed(), null), "taxoscope_signed_topk"),
                Arguments.of(
                        with(
                                config(Architecture.TOPK, 3, null, null),
                                false,
                                new Conventions(false, null, null, new Archetypes(20, 0.5), null, null, null)),
                        "topk"));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void trainsEncodesAndExportsEveryArchitecture(SaeConfig config, String saeLensName) {
        Sha256 shardSet = TestActivations.write(store, 1);
        SaeView sae = requests.trained(new CreateSae(shardSet.hex(), config));
        assertThat(Objects.requireNonNull(sae.config()).sparsity()).isEqualTo(config.sparsity());
        assertThat(sae.curve().getLast().fvu())
                .isLessThan(0.6 * sae.curve().getFirst().fvu());
        JsonNode cfg = requests.get("/api/v1/saes/" + sae.id() + "/cfg.json", JsonNode.class);
        assertThat(cfg.get("architecture").asString()).isEqualTo(saeLensName);

        EncodingView.Report report =
                Objects.requireNonNull(requests.encoded(new CreateEncoding(sae.id(), shardSet.hex(), null))
                        .report());
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

    @Test
    void namesEveryConventionThatContradictsOrIsIdle() {
        Sha256 shardSet = TestActivations.write(store, 4);
        SaeConfig tree = config(Architecture.HIERARCHICAL, 3, Sparsity.hierarchy(new Hierarchy(4, 2, 0.1)), null);
        Conventions idle =
                new Conventions(false, null, null, null, null, null, new Conventions.Resampling(10, 20, 100, 0.2, 100));
        assertThat(fieldsOf(new CreateSae(shardSet.hex(), with(tree, true, idle))))
                .containsExactly("config.conventions.preEncoderBias", "config.conventions.resampling");
        // 48 latents are no number of parents with four children each
        assertThat(fieldsOf(new CreateSae(shardSet.hex(), tree))).containsExactly("config.expansion");
    }

    private static SaeConfig with(SaeConfig config, boolean unitNorm, Conventions conventions) {
        return new SaeConfig(
                config.architecture(),
                config.k(),
                config.width(),
                config.expansion(),
                config.steps(),
                config.batchSize(),
                config.learningRate(),
                config.schedule(),
                config.auxK(),
                unitNorm,
                config.decoderBias(),
                config.seed(),
                config.dictionary(),
                config.sparsity(),
                config.optimizer(),
                conventions,
                config.orderSeed(),
                config.earlyStopping());
    }

    private static Sparsity penalty(double penalty) {
        return new Sparsity(penalty, null, null, null, null, null, null, null, null);
    }

    private static SaeConfig config(
            Architecture architecture, int k, @Nullable Sparsity sparsity, @Nullable OptimizerSpec optimizer) {
        return new SaeConfig(
                architecture,
                k,
                null,
                2.0,
                300,
                256,
                MUON.equals(optimizer) ? 1e-2 : 3e-3,
                new Schedule(10, Schedule.Decay.LINEAR_TO_ZERO),
                null,
                true,
                DecoderBias.GEOMETRIC_MEDIAN,
                7,
                Dictionary.LEARNED,
                sparsity,
                optimizer);
    }

    private List<String> fieldsOf(CreateSae request) {
        return requests.fieldsOf("/api/v1/saes", request);
    }
}
