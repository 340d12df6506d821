package io.taxoscope.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taxoscope.common.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardSetTest extends StoreTestCase {
    private static final int N = 23;
    private static final int WIDTH = 5;
    private static final int PER_SHARD = 10;
    private static final float[] ACTS = random(7, N * WIDTH);

    @Test
    void readsBackAnyRunOfRows() {
        try (ShardSet set = ShardSet.open(store, sealed("job"))) {
            for (int first = 0; first < N; first++) {
                for (int n = 0; n <= N - first; n++) {
                    float[] out = new float[n * WIDTH];
                    set.rows(first, n, out);
                    assertThat(out).containsExactly(Arrays.copyOfRange(ACTS, first * WIDTH, (first + n) * WIDTH));
                }
            }
        }
    }

    @Test
    void gathersRowsInTheOrderAskedFor() {
        try (ShardSet set = ShardSet.open(store, sealed("job"))) {
            float[] out = new float[3 * WIDTH];
            set.gather(new int[] {22, 0, 10, -1}, 3, out);
            assertThat(out).startsWith(Arrays.copyOfRange(ACTS, 22 * WIDTH, 23 * WIDTH));
            assertThat(out).endsWith(Arrays.copyOfRange(ACTS, 10 * WIDTH, 11 * WIDTH));
            assertThatThrownBy(() -> set.gather(new int[] {N}, 1, out)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> set.rows(N - 1, 2, out)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void isNamedByWhatItHoldsAndNotByTheJobOrTheOrderOfCommits() {
        Sha256 first = sealed("job-1");
        ShardSetWriter backwards = writer("job-2");
        for (int shard = backwards.nShards() - 1; shard >= 0; shard--) {
            backwards.commit(shard, slice(ACTS, backwards, shard, WIDTH));
        }
        assertThat(backwards.seal()).isEqualTo(first);
        assertThat(Sha256.of(ShardSet.file(store, first, "manifest.json"))).isEqualTo(first);
    }

    @Test
    void resumesAfterACrashWithTheShardsThatProveThemselves() throws IOException {
        ShardSetWriter crashed = writer("job");
        crashed.commit(0, slice(ACTS, crashed, 0, WIDTH));
        crashed.commit(1, slice(ACTS, crashed, 1, WIDTH));
        Path second = filesUnder(store.work("job")).get(1);
        flipByte(second, Files.size(second) - 1);
        Files.writeString(second.resolveSibling(".tmp-half"), "half a shard");

        ShardSetWriter resumed = writer("job");
        assertThat(resumed.isCommitted(0)).isTrue();
        assertThat(resumed.isCommitted(1)).isFalse();
        assertThat(resumed.isCommitted(2)).isFalse();
        assertFails(StoreError.SHARDS_INCOMPLETE, "shard 1 of 3", resumed::seal);

        resumed.commit(1, slice(ACTS, resumed, 1, WIDTH));
        resumed.commit(2, slice(ACTS, resumed, 2, WIDTH));
        assertThat(resumed.seal()).isEqualTo(sealed("another"));
    }

    @Test
    void answersTheSameRefWhenTheProcessDiedRightAfterSealing() throws IOException {
        Sha256 ref = sealed("job");
        ShardSetWriter resumed = writer("job");
        assertThat(resumed.isCommitted(2)).isTrue();
        assertThat(resumed.seal()).isEqualTo(ref);

        store.discardWork("job");
        assertThat(filesUnder(store.root().resolve("work"))).isEmpty();
        ShardSet.open(store, ref).close();
    }

    @Test
    void startsAfreshWhenSetAndWorkAreGone() {
        Sha256 ref = sealed("job");
        ShardSet.delete(store, ref);
        store.discardWork("job");
        assertThat(ShardSet.exists(store, ref)).isFalse();
        assertThat(writer("job").isCommitted(0)).isFalse();
        assertThat(sealed("job")).isEqualTo(ref);
    }

    @Test
    void survivesManyWritersOfOneJob() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            var refs = threads.invokeAll(IntStream.range(0, 24)
                    .<java.util.concurrent.Callable<Sha256>>mapToObj(i -> () -> sealed("job"))
                    .toList());
            for (var ref : refs) {
                try (ShardSet set = ShardSet.open(store, ref.get())) {
                    set.verify();
                    float[] out = new float[N * WIDTH];
                    set.rows(0, N, out);
                    assertThat(out).containsExactly(ACTS);
                }
            }
        }
        assertThat(filesUnder(store.shardSets())).hasSize(4);
    }

    @Test
    void keepsTheFirstOfTwoDifferingCommits() {
        ShardSetWriter one = writer("job");
        ShardSetWriter other = writer("job");
        one.commit(0, slice(ACTS, one, 0, WIDTH));
        other.commit(0, random(99, PER_SHARD * WIDTH));
        other.commit(1, slice(ACTS, other, 1, WIDTH));
        one.commit(2, slice(ACTS, one, 2, WIDTH));
        assertThat(one.seal()).isEqualTo(sealed("another"));
    }

    @Test
    void keepsTheSpecsOfOneJobApart() {
        ShardSetWriter narrow = ShardSetWriter.open(store, "job", spec(1, 1, 1));
        ShardSetWriter wide = ShardSetWriter.open(store, "job", spec(1, 2, 1));
        narrow.commit(0, new float[] {1});
        assertThat(wide.isCommitted(0)).isFalse();
        wide.commit(0, new float[] {2, 3});
        assertThat(narrow.seal()).isNotEqualTo(wide.seal());
    }

    @Test
    void findsAndNamesEachKindOfDamage() throws IOException {
        Sha256 ref = sealed("job");
        Path shard = ShardSet.file(store, ref, "shard-00001.safetensors");
        byte[] good = Files.readAllBytes(shard);

        try (ShardSet set = ShardSet.open(store, ref)) {
            flipByte(shard, good.length - 3);
            assertFails(StoreError.SHARD_CORRUPT, "shard-00001", set::verify);
        }
        assertFails(StoreError.SHARD_CORRUPT, "shard-00001", () -> ShardSet.open(store, ref));
        cutLastByte(shard);
        assertFails(StoreError.SHARD_TRUNCATED, "shard-00001", () -> ShardSet.open(store, ref));
        Files.delete(shard);
        assertFails(StoreError.SHARD_MISSING, "shard-00001", () -> ShardSet.open(store, ref));
        flipByte(ShardSet.file(store, ref, "manifest.json"), 5);
        assertFails(StoreError.MANIFEST_CORRUPT, "manifest.json", () -> ShardSet.open(store, ref));
        assertFails(StoreError.SHARD_SET_NOT_FOUND, "nothing", () -> ShardSet.open(store, Sha256.of("nothing")));
    }

    @Test
    void healsARottenShardSetWhenItIsMadeAgain() throws IOException {
        Sha256 ref = sealed("job");
        flipByte(ShardSet.file(store, ref, "shard-00002.safetensors"), 200);
        assertThat(sealed("again")).isEqualTo(ref);
        try (ShardSet set = ShardSet.open(store, ref)) {
            set.verify();
        }
    }

    /** The manifest's bytes are its name: a change of the layout is a new version, never an accident. */
    @Test
    void writesTheDocumentedManifest() {
        ShardSetWriter writer = ShardSetWriter.open(store, "job", spec(1, 2, 1));
        writer.commit(0, new float[] {1, 2});
        Sha256 ref = writer.seal();
        Path shard = ShardSet.file(store, ref, "shard-00000.safetensors");
        assertThat(ShardSet.file(store, ref, "manifest.json"))
                .hasContent("""
                        {
                          "format" : "taxoscope-shard-set",
                          "version" : 2,
                          "model" : "m-1",
                          "dataset" : "%s",
                          "tap" : "blocks.0.resid_post",
                          "depth" : 0,
                          "token" : "CLS",
                          "width" : 2,
                          "nExamples" : 1,
                          "tokensPerExample" : 1,
                          "examplesPerShard" : 1,
                          "dtype" : "F32",
                          "rounding" : {
                            "maximum" : 0.0,
                            "relative" : 0.0
                          },
                          "moments" : {
                            "mean" : [ 1.0, 2.0 ],
                            "covarianceTrace" : 0.0,
                            "participationRatio" : 0.0,
                            "participationRows" : 1,
                            "gamma" : 0.0
                          },
                          "shards" : [ {
                            "file" : "shard-00000.safetensors",
                            "firstExample" : 0,
                            "nExamples" : 1,
                            "bytes" : 240,
                            "sha256" : "%s"
                          } ]
                        }""".formatted(Sha256.of("data"), Sha256.of(shard)));
    }

    /** Written before there were moments and types; its name must stay good. */
    @Test
    void readsAShardSetOfVersionOne() {
        Path staging = store.root().resolve("one");
        Sha256 shard = Safetensors.write(
                staging.resolve("shard-00000.safetensors"),
                Map.of(),
                List.of(Tensor.of("activations", new float[] {1, 2}, 1, 2)));
        Sha256 ref = AtomicFiles.write(staging.resolve("manifest.json"), """
                        {
                          "format" : "taxoscope-shard-set",
                          "version" : 1,
                          "model" : "m-1",
                          "dataset" : "%s",
                          "tap" : "blocks.0.resid_post",
                          "depth" : 0,
                          "token" : "CLS",
                          "width" : 2,
                          "nExamples" : 1,
                          "examplesPerShard" : 1,
                          "dtype" : "F32",
                          "shards" : [ {
                            "file" : "shard-00000.safetensors",
                            "firstExample" : 0,
                            "nExamples" : 1,
                            "bytes" : 88,
                            "sha256" : "%s"
                          } ]
                        }""".formatted(Sha256.of("data"), shard)
                .getBytes(StandardCharsets.UTF_8));
        assertThat(staging.toFile().renameTo(folderOf(ref).toFile())).isTrue();
        try (ShardSet set = ShardSet.open(store, ref)) {
            float[] row = new float[2];
            set.rows(0, 1, row);
            assertThat(row).containsExactly(1, 2);
            assertThat(set.manifest().moments()).isNull();
        }
    }

    private Path folderOf(Sha256 ref) {
        Path folder = store.shardSets().resolve(ref.hex());
        assertThat(store.shardSets().toFile().mkdirs()).isTrue();
        return folder;
    }

    @Test
    void servesOnlyFilesOfTheManifest() {
        Sha256 ref = sealed("job");
        assertFails(StoreError.FILE_NOT_FOUND, "../x", () -> ShardSet.file(store, ref, "../x"));
    }

    @Test
    void refusesValuesThatAreNotFiniteAndNamesTheExample() {
        ShardSetWriter writer = writer("job");
        float[] acts = slice(ACTS, writer, 1, WIDTH);
        acts[WIDTH + 2] = Float.NaN;
        assertFails(
                StoreError.VALUES_NOT_FINITE,
                "example 11 at blocks.0.resid_post has the value NaN in dimension 2",
                () -> writer.commit(1, acts));
        assertThat(writer.isCommitted(1)).isFalse();
        assertThatThrownBy(() -> writer.commit(2, acts)).hasMessageContaining("shard 2 takes 3 x 5 values, got 50");
    }

    private ShardSetWriter writer(String job) {
        return ShardSetWriter.open(store, job, spec(N, WIDTH, PER_SHARD));
    }

    private Sha256 sealed(String job) {
        ShardSetWriter writer = writer(job);
        for (int shard = 0; shard < writer.nShards(); shard++) {
            writer.commit(shard, slice(ACTS, writer, shard, WIDTH));
        }
        return writer.seal();
    }
}
