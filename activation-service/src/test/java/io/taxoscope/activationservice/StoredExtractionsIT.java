package io.taxoscope.activationservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.api.activation.CreateExtraction;
import io.taxoscope.api.activation.ExtractionEstimate;
import io.taxoscope.api.activation.ExtractionView;
import io.taxoscope.api.activation.ExtractionView.ShardSetView;
import io.taxoscope.api.activation.PatchSample;
import io.taxoscope.api.activation.ShardSetCheck;
import io.taxoscope.api.activation.StoredType;
import io.taxoscope.api.activation.TokenSelection;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an extraction keeps and how: tokens, types, their cost, their repair. */
class StoredExtractionsIT extends ActivationIT {
    private static final int IMAGES = 12;
    private static final int WIDTH = 16;
    private static final String TAP = "blocks.1.resid_post";

    @Autowired
    ContentStore store;

    @Test
    void keepsASampleOfPatchesInHalfPrecisionAndSaysWhichTheyAre() {
        ShardSetView all = extract(TokenSelection.PATCHES, null, StoredType.F32, 5);
        var random = new PatchSample(PatchSample.Order.RANDOM, 3, 9L);
        ShardSetView some = extract(TokenSelection.PATCH_SAMPLE, random, StoredType.F16, 5);

        assertThat(some.tokensPerExample()).isEqualTo(3);
        assertThat(some.storedType()).isEqualTo(StoredType.F16);
        assertThat(some.bytes()).isBetween(IMAGES * 3L * WIDTH * 2, IMAGES * 3L * WIDTH * 2 + 3 * 1000);
        float[] every = rows(all, IMAGES * all.tokensPerExample());
        float[] kept = rows(some, IMAGES * 3);
        List<JsonNode> lines = lines(some.ref());
        assertThat(lines).hasSize(IMAGES);
        boolean isEachTheirOwn = false;
        for (int image = 0; image < IMAGES; image++) {
            JsonNode tokens = lines.get(image).get("tokens");
            assertThat(lines.get(image).get("row").asInt()).isEqualTo(3 * image);
            isEachTheirOwn |= !tokens.equals(lines.getFirst().get("tokens"));
            for (int i = 0; i < 3; i++) {
                int patch = tokens.get(i).asInt() - 1; // behind the class token
                for (int d = 0; d < WIDTH; d++) {
                    float exact = every[(image * all.tokensPerExample() + patch) * WIDTH + d];
                    assertThat(kept[(3 * image + i) * WIDTH + d])
                            .isCloseTo(exact, within(Math.abs(exact) / 2000 + 1e-6f));
                }
            }
        }
        assertThat(isEachTheirOwn).isTrue();
    }

    @Test
    void meansTheMeanOfThePatchesThatItKeeps() {
        ShardSetView mean = extract(TokenSelection.PATCH_MEAN, null, StoredType.F32, 6);
        ShardSetView all = extract(TokenSelection.PATCHES, null, StoredType.BF16, 6);
        int n = all.tokensPerExample();
        float[] means = rows(mean, IMAGES);
        float[] patches = rows(all, IMAGES * n);
        for (int i = 0; i < IMAGES * WIDTH; i++) {
            double sum = 0;
            for (int p = 0; p < n; p++) {
                sum += patches[(i / WIDTH * n + p) * WIDTH + i % WIDTH];
            }
            assertThat(means[i]).isCloseTo((float) (sum / n), within(0.01f));
        }
    }

    @Test
    void refusesFieldByFieldWhatHasNoEffectOrIsNotThere() {
        var unused = new PatchSample(PatchSample.Order.RANDOM, 2, null);
        expectError(order(List.of(TokenSelection.CLS), unused), "patchSample", "has no effect without PATCH_SAMPLE");
        expectError(order(List.of(TokenSelection.PATCH_SAMPLE), null), "patchSample", "is missing");
        expectError(
                order(List.of(TokenSelection.PATCH_SAMPLE), new PatchSample(PatchSample.Order.STRIDED, 2, 1L)),
                "patchSample.seed",
                "has no effect on STRIDED");
        expectError(
                order(List.of(TokenSelection.PATCH_SAMPLE), new PatchSample(PatchSample.Order.STRIDED, 999, null)),
                "tokens",
                "fewer than 999");
        expectError(order(List.of(TokenSelection.REGISTERS), null), "tokens", "has no REGISTERS");
    }

    @Test
    void estimatesWhatItThenTakes() {
        var request = new CreateExtraction(
                registerTinyModel().id(),
                registerImages().id(),
                List.of(TAP, "blocks.0.resid_post"),
                List.of(TokenSelection.PATCHES),
                null,
                StoredType.I8,
                2,
                7);
        ExtractionEstimate before = estimate(request);
        assertThat(before.fits()).isTrue();
        assertThat(before.nExamples()).isEqualTo(IMAGES);
        assertThat(before.shardSets()).isEqualTo(2);
        assertThat(before.probedExamples()).isBetween(2, 10);
        assertThat(Objects.requireNonNull(before.seconds())).isPositive();
        assertThat(before.disk().available()).isPositive();

        long bytes = submitted(request).shardSets().stream()
                .mapToLong(ShardSetView::bytes)
                .sum();
        assertThat(before.disk().needed()).isBetween(bytes - 4 * 200, bytes + 4 * 200);

        ExtractionEstimate after = estimate(request);
        assertThat(after.reused()).isEqualTo(2);
        assertThat(after.disk().needed()).isZero();
        assertThat(after.seconds()).isZero();
    }

    @Test
    void namesADamagedFileAndMakesOnlyThatAgain() throws IOException {
        ShardSetView made = extract(TokenSelection.CLS, null, StoredType.BF16, 4);
        assertThat(verified(made.ref()).intact()).isTrue();
        Path folder = store.root().resolve("shard-sets").resolve(made.ref());
        Path damaged = folder.resolve("shard-00001.safetensors");
        byte[] good = Files.readAllBytes(damaged);
        byte[] bad = good.clone();
        bad[bad.length - 5] ^= 4;
        Files.write(damaged, bad);

        ShardSetCheck check = verified(made.ref());
        assertThat(check.intact()).isFalse();
        assertThat(check.damage())
                .singleElement()
                .satisfies(damage -> assertThat(damage.code()).isEqualTo("SHARD_CORRUPT"))
                .satisfies(damage -> assertThat(damage.file()).isEqualTo("shard-00001.safetensors"));
        Object untouched = Files.getAttribute(folder.resolve("shard-00000.safetensors"), "unix:ino");

        ShardSetView again = extract(TokenSelection.CLS, null, StoredType.BF16, 4);
        assertThat(again).isEqualTo(made);
        assertThat(verified(made.ref()).intact()).isTrue();
        assertThat(Files.readAllBytes(damaged)).isEqualTo(good);
        assertThat(Files.getAttribute(folder.resolve("shard-00000.safetensors"), "unix:ino"))
                .isEqualTo(untouched);
    }

    private CreateExtraction order(List<TokenSelection> tokens, @Nullable PatchSample sample) {
        return new CreateExtraction(
                registerTinyModel().id(), registerImages().id(), List.of(TAP), tokens, sample, null, null, null);
    }

    private void expectError(CreateExtraction request, String field, String message) {
        submit(request, null)
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field)
                .jsonPath("$.errors[0].message")
                .value(String.class, text -> assertThat(text).contains(message));
    }

    private ShardSetView extract(TokenSelection token, @Nullable PatchSample sample, StoredType type, int perShard) {
        var request = new CreateExtraction(
                registerTinyModel().id(),
                registerImages().id(),
                List.of(TAP),
                List.of(token),
                sample,
                type,
                3,
                perShard);
        return submitted(request).shardSets().getFirst();
    }

    private ExtractionView submitted(CreateExtraction request) {
        ExtractionView extraction =
                finished(body(submit(request, null).expectStatus().isAccepted(), ExtractionView.class));
        assertSucceeded(extraction.job());
        return extraction;
    }

    private ExtractionEstimate estimate(CreateExtraction request) {
        return body(
                post("/api/v1/extractions:estimate", request, null)
                        .expectStatus()
                        .isOk(),
                ExtractionEstimate.class);
    }

    private ShardSetCheck verified(String ref) {
        return body(
                http.post()
                        .uri("/api/v1/shard-sets/" + ref + "/verify")
                        .exchange()
                        .expectStatus()
                        .isOk(),
                ShardSetCheck.class);
    }

    private float[] rows(ShardSetView made, int n) {
        try (ShardSet shards = ShardSet.open(store, new Sha256(made.ref()))) {
            assertThat(shards.nRows()).isEqualTo(n);
            float[] acts = new float[n * made.width()];
            shards.rows(0, n, acts);
            return acts;
        }
    }

    private List<JsonNode> lines(String ref) {
        String text = body(
                http.get()
                        .uri("/api/v1/shard-sets/" + ref + "/files/examples.ndjson")
                        .exchange()
                        .expectStatus()
                        .isOk(),
                String.class);
        return text.lines().map(JsonMapper.shared()::readTree).toList();
    }
}
