package io.taxoscope.activationservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.api.activation.CreateExtraction;
import io.taxoscope.api.activation.DatasetView;
import io.taxoscope.api.activation.ExtractionView;
import io.taxoscope.api.activation.ExtractionView.ShardSetView;
import io.taxoscope.api.activation.ModelView;
import io.taxoscope.api.activation.TokenSelection;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExtractionsIT extends ActivationIT {
    private static final JsonNode NUMPY = JsonMapper.shared().readTree(fixture("expected.json"));
    private static final List<TokenSelection> BOTH = List.of(TokenSelection.CLS, TokenSelection.PATCH_MEAN);

    @Autowired
    ContentStore store;

    @Test
    void givesTheActivationsThatNumpyComputesFromPillowsPixels() {
        ExtractionView extraction = extract(List.of("blocks.1.resid_post"), 5, 7);

        assertThat(extraction.shardSets()).hasSize(2);
        for (ShardSetView made : extraction.shardSets()) {
            List<JsonNode> images = NUMPY.values().stream().toList();
            assertThat(made.nExamples()).isEqualTo(images.size());
            try (ShardSet shards = ShardSet.open(store, new Sha256(made.ref()))) {
                assertThat(shards.manifest().shards()).hasSize(2);
                for (int row = 0; row < images.size(); row++) {
                    float[] acts = new float[16];
                    shards.rows(row, 1, acts);
                    JsonNode expected = images.get(row).get(made.token().name());
                    for (int d = 0; d < 16; d++) {
                        assertThat(acts[d]).isCloseTo(expected.get(d).floatValue(), within(2e-5f));
                    }
                }
            }
        }
    }

    @Test
    void takesTheWholeResidualStreamByDefaultAndGivesTheSameBytesForOtherBatches() {
        ExtractionView all = extract(null, 16, 1024);
        ExtractionView again = extract(null, 3, 1000); // shards of another size, or it would be the same run

        assertThat(all.shardSets())
                .extracting(ShardSetView::tap)
                .containsExactly(
                        "blocks.0.resid_post", "blocks.0.resid_post", "blocks.1.resid_post", "blocks.1.resid_post");
        assertThat(again.shardSets()).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(rows(again.shardSets().get(i)))
                    .containsExactly(rows(all.shardSets().get(i)), within(1e-6f));
        }
    }

    @Test
    void servesAShardSetWithTheImageOfEachRow() {
        ShardSetView made = extract(List.of("embeddings"), 16, 1024).shardSets().getFirst();
        String path = "/api/v1/shard-sets/" + made.ref();

        JsonNode manifest = JsonMapper.shared().readTree(text(path));
        String file = manifest.get("shards").get(0).get("file").asString();
        byte[] shard = bytes(path + "/files/" + file);
        List<String> rows = text(path + "/files/examples.ndjson").lines().toList();

        assertThat(manifest.get("tap").asString()).isEqualTo("embeddings");
        assertThat(Sha256.of(shard).hex())
                .isEqualTo(manifest.get("shards").get(0).get("sha256").asString());
        assertThat(rows).hasSize(12);
        JsonNode first = JsonMapper.shared().readTree(rows.getFirst());
        assertThat(first.get("image").asString()).isEqualTo("n02084071/00.png");
        assertThat(first.get("label").asString()).isEqualTo("n02084071");
        http.get()
                .uri(path + "/files/..%2Fmanifest.json")
                .exchange()
                .expectStatus()
                .is4xxClientError();
        http.get().uri(path + "/files/nothing").exchange().expectStatus().isNotFound();
    }

    @Test
    void runsTheModelOnlyForWhatNoEarlierExtractionHasMade() throws IOException {
        ExtractionView one = extract(List.of("blocks.0.resid_post"), 16, 11);
        ExtractionView two = extract(List.of("blocks.1.resid_post", "blocks.0.resid_post"), 16, 11);
        assertThat(two.shardSets().subList(2, 4)).isEqualTo(one.shardSets());

        ModelView model = registerTinyModel();
        DatasetView images = registerImages();
        var again = new CreateExtraction(
                model.id(), images.id(), List.of("blocks.0.resid_post", "blocks.1.resid_post"), BOTH, 16, 11);
        Path file = store.blob(new Sha256(model.sha256()));
        Path aside = Files.move(file, file.resolveSibling("aside"));
        ExtractionView three;
        try {
            three = finished(body(submit(again, null).expectStatus().isAccepted(), ExtractionView.class));
        } finally {
            Files.move(aside, file);
        }

        assertSucceeded(three.job());
        assertThat(three.job().progress().done()).isEqualTo(12);
        assertThat(three.shardSets()).containsExactlyInAnyOrderElementsOf(two.shardSets());
    }

    @Test
    void removesShardSetsWithTheLastExtractionThatMadeThem() {
        ExtractionView one = extract(List.of("blocks.0.resid_mid"), 16, 12);
        ExtractionView two = extract(List.of("blocks.0.resid_mid"), 16, 12);
        Sha256 ref = new Sha256(one.shardSets().getFirst().ref());
        assertThat(two.shardSets().getFirst().ref()).isEqualTo(ref.hex());
        assertThat(Files.exists(store.work(one.id()))).isFalse();

        http.delete()
                .uri("/api/v1/extractions/" + one.id())
                .exchange()
                .expectStatus()
                .isNoContent();
        assertThat(ShardSet.exists(store, ref)).isTrue();
        http.delete()
                .uri("/api/v1/extractions/" + two.id())
                .exchange()
                .expectStatus()
                .isNoContent();
        assertThat(ShardSet.exists(store, ref)).isFalse();
    }

    @Test
    void namesEveryTapAndTokenThatTheModelLacks() {
        ModelView model = registerTinyModel();
        DatasetView dataset = registerImages();
        var request = new CreateExtraction(
                model.id(), dataset.id(), List.of("blocks.7.resid_post", "blocks.0.resid_post", "x"), BOTH, null, null);

        submit(request, null)
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UNKNOWN_TAP")
                .jsonPath("$.errors.length()")
                .isEqualTo(2);
        submit(new CreateExtraction("none", dataset.id(), null, BOTH, null, null), null)
                .expectStatus()
                .isNotFound();
        submit(new CreateExtraction(model.id(), dataset.id(), null, BOTH, null, 1_000_000), null)
                .expectStatus()
                .isAccepted();
    }

    private ExtractionView extract(@org.jspecify.annotations.Nullable List<String> taps, int batch, int shard) {
        var request =
                new CreateExtraction(registerTinyModel().id(), registerImages().id(), taps, BOTH, batch, shard);
        ExtractionView extraction =
                finished(body(submit(request, null).expectStatus().isAccepted(), ExtractionView.class));
        assertSucceeded(extraction.job());
        return extraction;
    }

    private float[] rows(ShardSetView made) {
        try (ShardSet shards = ShardSet.open(store, new Sha256(made.ref()))) {
            float[] acts = new float[made.nExamples() * made.width()];
            shards.rows(0, made.nExamples(), acts);
            return acts;
        }
    }

    private String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    private byte[] bytes(String path) {
        return Objects.requireNonNull(http.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody());
    }
}
