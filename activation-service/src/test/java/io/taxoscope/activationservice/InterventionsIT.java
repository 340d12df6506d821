package io.taxoscope.activationservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.api.activation.CreateExtraction;
import io.taxoscope.api.activation.CreateIntervention;
import io.taxoscope.api.activation.CreateIntervention.ClassGroup;
import io.taxoscope.api.activation.CreateIntervention.OutputKind;
import io.taxoscope.api.activation.InterventionView;
import io.taxoscope.api.activation.InterventionView.GroupShift;
import io.taxoscope.api.activation.InterventionView.Put;
import io.taxoscope.api.activation.InterventionView.Report;
import io.taxoscope.api.activation.InterventionView.Run;
import io.taxoscope.api.activation.TokenSelection;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSet;
import io.taxoscope.store.ShardSetSpec;
import io.taxoscope.store.ShardSetWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against spliced.json, which NumPy and PyTorch made without cutting any graph (src/test/python/make_spliced.py). */
class InterventionsIT extends ActivationIT {
    private static final JsonNode NUMPY = JsonMapper.shared().readTree(fixture("spliced.json"));
    private static final List<String> CLASSES = List.of("a", "n02084071", "b", "n02121808", "c");
    private static final Offset<Double> ROUNDING = within(2e-4);

    @Autowired
    ContentStore store;

    @ParameterizedTest
    @EnumSource(names = {"CLS", "PATCH_MEAN"})
    void agreesWithAModelWhoseResidualStreamWasChanged(TokenSelection token) {
        String activations = activations("blocks.0.resid_post", token);
        InterventionView done = done(logits(activations, replacement(activations), null));

        Report report = Objects.requireNonNull(done.report());
        JsonNode expected = NUMPY.get(token.name());
        assertThat(report.nExamples()).isEqualTo(12);
        assertThat(report.nLabelled()).isEqualTo(12);
        assertThat(report.runs()).extracting(Run::put).containsExactly(Put.values());
        for (Run run : report.runs()) {
            JsonNode numbers = expected.get(run.put().name());
            assertNumber(run.crossEntropy(), numbers.get("crossEntropy"));
            assertNumber(run.accuracy(), numbers.get("accuracy"));
            assertNumber(run.kl(), numbers.get("kl"));
            assertNumber(run.agreement(), numbers.get("agreement"));
            assertThat(run.mse()).isNull();
        }
        for (var recovered : report.recovered()) {
            JsonNode numbers = expected.get(recovered.against().name());
            assertNumber(recovered.loss(), numbers.get("lossRecovered"), within(2e-2));
            assertNumber(recovered.kl(), numbers.get("klRecovered"), within(2e-2));
        }
        assertGroup(report.groups().getFirst(), expected);
    }

    @Test
    void showsWhatChangesForEachExample() {
        String activations = activations("blocks.0.resid_post", TokenSelection.CLS);
        InterventionView done = done(logits(activations, replacement(activations), List.of(2, 7)));

        JsonNode items = get("/api/v1/interventions/" + done.id() + "/examples?limit=1&cursor=1", JsonNode.class);
        JsonNode shown = items.get("items").get(0);
        JsonNode expected =
                NUMPY.get("CLS").get("REPLACEMENT").get("probabilities").get(7);
        assertThat(shown.get("index").asInt()).isEqualTo(7);
        assertThat(shown.get("after")).hasSize(5);
        for (JsonNode each : shown.get("after")) {
            int index = each.get("index").asInt();
            assertThat(each.get("label").asString()).isEqualTo(CLASSES.get(index));
            assertThat(each.get("probability").asDouble())
                    .isCloseTo(expected.get(index).asDouble(), ROUNDING);
        }
        assertThat(items.has("nextCursor") && !items.get("nextCursor").isNull()).isFalse();
        assertThat(Files.exists(store.work(done.id()))).isFalse();
    }

    @Test
    void comparesEmbeddings() {
        String activations = activations("blocks.0.resid_post", TokenSelection.CLS);
        InterventionView done = done(new CreateIntervention(
                activations, replacement(activations), null, OutputKind.EMBEDDING, null, null, null, 5));

        for (Run run : Objects.requireNonNull(done.report()).runs()) {
            JsonNode numbers = NUMPY.get("CLS").get(run.put().name());
            assertNumber(run.cosine(), numbers.get("cosine"));
            assertNumber(run.mse(), numbers.get("mse"));
            assertThat(run.kl()).isNull();
        }
    }

    @Test
    void theActivationsThemselvesChangeNothing() {
        String activations = activations("blocks.0.resid_post", TokenSelection.PATCH_MEAN);
        Report report = Objects.requireNonNull(
                done(logits(activations, activations, null)).report());
        Run replaced = report.runs().get(1);
        assertThat(replaced.kl()).isCloseTo(0, within(1e-9));
        assertThat(replaced.agreement()).isEqualTo(1);
        assertThat(report.recovered().getFirst().kl()).isCloseTo(1, within(1e-5));
    }

    @Test
    void namesEveryFieldThatIsWrong() {
        String activations = activations("blocks.0.resid_post", TokenSelection.CLS);
        String elsewhere = activations("blocks.1.resid_post", TokenSelection.CLS);

        assertThat(fields(new CreateIntervention(
                        activations,
                        elsewhere,
                        null,
                        OutputKind.LOGITS,
                        List.of("a", "a", "n02084071"),
                        List.of(new ClassGroup("g", List.of("zebra"))),
                        List.of(3, 3, 12),
                        null)))
                .containsExactly("classes", "examples[1]", "examples[2]", "groups[0].classes", "replacement");
        assertThat(fields(new CreateIntervention(
                        "nothing", activations, null, OutputKind.EMBEDDING, CLASSES, null, null, null)))
                .containsExactly("activations", "classes");
        assertThat(fields(new CreateIntervention(
                        activations, activations, null, OutputKind.LOGITS, List.of("x", "y"), null, null, null)))
                .containsExactly("classes");
    }

    @Test
    void failsWhereTheOutputIsNotWhatItIsSaidToBe() {
        String activations = activations("blocks.0.resid_post", TokenSelection.CLS);
        InterventionView few = finished(new CreateIntervention(
                activations,
                activations,
                null,
                OutputKind.LOGITS,
                List.of("n02084071", "n02121808"),
                null,
                null,
                null));
        assertThat(Objects.requireNonNull(few.job().error()).toString()).contains("5 logits");
        InterventionView unknown = finished(new CreateIntervention(
                activations, activations, "features", OutputKind.EMBEDDING, null, null, null, null));
        assertThat(Objects.requireNonNull(unknown.job().error()).toString()).contains("no output 'features'");
    }

    private static CreateIntervention logits(String activations, String replacement, @Nullable List<Integer> examples) {
        return new CreateIntervention(
                activations,
                replacement,
                null,
                OutputKind.LOGITS,
                CLASSES,
                List.of(new ClassGroup("pets", List.of("n02084071", "c"))),
                examples,
                5);
    }

    private String activations(String tap, TokenSelection token) {
        var request = new CreateExtraction(
                registerTinyModel().id(), registerImages().id(), List.of(tap), List.of(token), 16, 1024);
        var extraction = finished(body(
                submit(request, null).expectStatus().isAccepted(), io.taxoscope.api.activation.ExtractionView.class));
        assertSucceeded(extraction.job());
        return extraction.shardSets().getFirst().ref();
    }

    /** The rows that make_spliced.py puts in. */
    private String replacement(String activations) {
        try (ShardSet set = ShardSet.open(store, new Sha256(activations))) {
            float[] rows_bd = new float[12 * 16];
            set.rows(0, 12, rows_bd);
            for (int at = 0; at < rows_bd.length; at++) {
                rows_bd[at] = (float) (0.5 * rows_bd[at] + 0.3 * Math.sin(1 + at / 16 + 2 * (at % 16)));
            }
            var of = set.manifest();
            var spec = new ShardSetSpec(
                    of.tap(), of.depth(), of.token(), 16, 12, 12, of.model(), new Sha256(of.dataset()));
            ShardSetWriter writer = ShardSetWriter.open(store, "replacement-" + of.token(), spec);
            writer.commit(0, rows_bd);
            return writer.seal().hex();
        }
    }

    private InterventionView done(CreateIntervention request) {
        InterventionView intervention = finished(request);
        assertSucceeded(intervention.job());
        return intervention;
    }

    private InterventionView finished(CreateIntervention request) {
        String path = "/api/v1/interventions/"
                + body(
                                post("/api/v1/interventions", request, null)
                                        .expectStatus()
                                        .isAccepted(),
                                InterventionView.class)
                        .id();
        await(() -> get(path, InterventionView.class).job());
        return get(path, InterventionView.class);
    }

    private List<String> fields(CreateIntervention request) {
        return body(post("/api/v1/interventions", request, null).expectStatus().isEqualTo(422), JsonNode.class)
                .get("errors")
                .valueStream()
                .map(error -> error.get("field").asString())
                .sorted()
                .toList();
    }

    private static void assertGroup(GroupShift group, JsonNode expected) {
        double inside = 0;
        double outside = 0;
        for (int row = 0; row < 12; row++) {
            JsonNode after = expected.get("REPLACEMENT").get("probabilities").get(row);
            double mass = after.get(1).asDouble() + after.get(4).asDouble();
            inside += row < 6 ? mass / 6 : 0;
            outside += row < 6 ? 0 : mass / 6;
        }
        assertThat(group.nInside()).isEqualTo(6);
        assertThat(group.nOutside()).isEqualTo(6);
        assertThat(group.insideAfter()).isCloseTo(inside, ROUNDING);
        assertThat(group.outsideAfter()).isCloseTo(outside, ROUNDING);
    }

    private static void assertNumber(@Nullable Double actual, JsonNode expected) {
        assertNumber(actual, expected, ROUNDING);
    }

    private static void assertNumber(@Nullable Double actual, JsonNode expected, Offset<Double> offset) {
        if (expected.isNull()) {
            assertThat(actual).isNull();
        } else {
            assertThat(actual).isCloseTo(expected.asDouble(), offset);
        }
    }
}
