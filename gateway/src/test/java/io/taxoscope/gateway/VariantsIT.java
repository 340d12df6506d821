package io.taxoscope.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.api.JobState;
import io.taxoscope.api.gateway.ExperimentView.Stage;
import io.taxoscope.api.gateway.Variant;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every result that shows latents can show those of each dictionary that was scored. */
class VariantsIT extends GatewayFixture {
    private static final String LAYER = "blocks.0.resid_post";
    private static final int LAYERS = 3;
    private static final int LATENTS = 16;

    private String id = "";
    private List<Stage> stages = List.of();

    @BeforeEach
    void finishedExperiment() {
        id = submit(Documents.json().replace("\"name\": \"first\",", "\"name\": \"first\", \"curve\": [0.1, 0.5],"))
                .id();
        stages = awaitState(id, JobState.SUCCEEDED).stages();
    }

    @Test
    void listsTheLatentsOfTheAskedDictionary() {
        List.of(Variant.TRAINED, Variant.UNTRAINED, Variant.NEURONS, Variant.PCA)
                .forEach(this::assertLatentsOf);
    }

    private void assertLatentsOf(Variant variant) {
        http.get()
                .uri("/api/v1/experiments/{id}/features?layer={layer}&variant={variant}", id, LAYER, variant)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items[0].variant")
                .isEqualTo(variant.name())
                .jsonPath("$.items[0].step")
                .doesNotExist();
        assertThat(FAKES.taxonomy().askedScoring).isEqualTo(scoring(variant, null));

        http.get()
                .uri("/api/v1/experiments/{id}/features/{layer}/5?variant={variant}", id, LAYER, variant)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.variant")
                .isEqualTo(variant.name());
        assertThat(FAKES.taxonomy().askedScoring).isEqualTo(scoring(variant, null));
    }

    @Test
    void listsTheLatentsOfACheckpoint() {
        int step = checkpoints().getLast();
        http.get()
                .uri("/api/v1/experiments/{id}/features?layer={layer}&variant=CHECKPOINT&step={step}", id, LAYER, step)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items[0].step")
                .isEqualTo(step);
        assertThat(FAKES.taxonomy().askedScoring).isEqualTo(scoring(Variant.CHECKPOINT, step));
    }

    private List<Integer> checkpoints() {
        return stages.stream()
                .filter(stage -> stage.kind() == Stage.Kind.SCORE
                        && stage.variant() == Variant.CHECKPOINT
                        && LAYER.equals(stage.layer()))
                .map(stage -> Objects.requireNonNull(stage.step()))
                .toList();
    }

    private String scoring(Variant variant, @Nullable Integer step) {
        Stage score = stages.stream()
                .filter(stage -> stage.kind() == Stage.Kind.SCORE
                        && stage.variant() == variant
                        && Objects.equals(stage.step(), step)
                        && LAYER.equals(stage.layer()))
                .findFirst()
                .orElseThrow();
        return Objects.requireNonNull(score.resource()).replaceAll(".*/", "");
    }

    @Test
    void asksForSynsetsOfTheAskedDictionary() {
        FAKES.taxonomy().askedForSynsets();
        http.get()
                .uri("/api/v1/experiments/{id}/synsets?variant=PCA", id)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.layers.length()")
                .isEqualTo(LAYERS);
        assertThat(FAKES.taxonomy().askedForSynsets()).contains(scoring(Variant.PCA, null));
        http.get()
                .uri("/api/v1/experiments/{id}/synsets/n00015388?variant=SECOND_SEED", id)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.children[0].nMarking")
                .isEqualTo(0);
    }

    @Test
    void exportsTheAskedDictionariesLayerByLayer() {
        List<String> lines = export("variant=TRAINED,UNTRAINED").lines().toList();
        assertThat(lines).hasSize(1 + 2 * LAYERS * LATENTS);
        assertThat(lines.get(1)).startsWith(LAYER + ",TRAINED,,0,");
        assertThat(lines.get(1 + LATENTS)).startsWith(LAYER + ",UNTRAINED,,0,");

        List<String> checkpoints = export("variant=CHECKPOINT").lines().toList();
        assertThat(checkpoints).hasSize(1 + 2 * LAYERS * LATENTS);
        assertThat(checkpoints.get(1))
                .startsWith(LAYER + ",CHECKPOINT," + checkpoints().getFirst() + ",0,");
    }

    private String export(String query) {
        return new String(
                Objects.requireNonNull(http.get()
                        .uri("/api/v1/experiments/{id}/export?format=csv&" + query, id)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .returnResult()
                        .getResponseBodyContent()),
                StandardCharsets.UTF_8);
    }

    @Test
    void explainsDictionariesThatItLacks() {
        String features = "features?layer=" + LAYER + "&variant=";
        assertRefused(features + "BEST", 400, "UNREADABLE_VALUE", "variant", "PCA");
        assertRefused(features + "SECOND_SEED", 409, "VARIANT_NOT_SCORED", "variant", "NEURONS");
        assertRefused(features + "CHECKPOINT", 422, "PARAMETER_INVALID", "step", "missing");
        assertRefused(features + "CHECKPOINT&step=7", 409, "VARIANT_NOT_SCORED", "variant", "CHECKPOINT");
        assertRefused("features/" + LAYER + "/3?variant=PCA&step=7", 422, "PARAMETER_INVALID", "step", "leave it out");
        assertRefused("synsets?step=7", 422, "PARAMETER_INVALID", "step", "leave it out");
        assertRefused("synsets?limit=0", 422, "PARAMETER_INVALID", "limit", "20000");
        assertRefused("export?variant=SECOND_SEED", 409, "VARIANT_NOT_SCORED", "variant", "UNTRAINED");
        assertRefused("export?variant=BEST", 400, "UNREADABLE_VALUE", "variant", "UNTRAINED");
    }

    private void assertRefused(String question, int status, String code, String field, String words) {
        http.get()
                .uri("/api/v1/experiments/" + id + "/" + question)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code)
                .jsonPath("$.errors[0].field")
                .isEqualTo(field)
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains(words));
    }
}
