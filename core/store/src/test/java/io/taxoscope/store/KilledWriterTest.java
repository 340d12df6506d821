package io.taxoscope.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.common.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real process, really killed. */
class KilledWriterTest extends StoreTestCase {
    private static final int WIDTH = 64;
    private static final int N_SHARDS = 12;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 11, 12})
    void losesNoCommittedShardAndKeepsNoHalfOne(int commitsBeforeTheKill) throws Exception {
        Process process = child(Child.class).start();
        awaitCommits(process, commitsBeforeTheKill);
        process.destroyForcibly().waitFor();

        ShardSetWriter resumed = Child.writer(store);
        for (int shard = 0; shard < N_SHARDS; shard++) {
            if (shard < commitsBeforeTheKill) {
                assertThat(resumed.isCommitted(shard)).isTrue();
            }
            resumed.commit(shard, Child.acts(shard));
        }
        Sha256 ref = resumed.seal();
        try (ShardSet set = ShardSet.open(store, ref)) {
            set.verify();
        }
        assertThat(ref).isEqualTo(neverKilled());
    }

    /** Killed while the temporary file of a shard grows: nothing of it is taken for a shard, and it is made again once. */
    @Test
    void makesAgainTheShardInWhoseMiddleItWasKilled() throws Exception {
        Process process = child(BigChild.class).start();
        Path work = store.work("killed");
        Path half = await(() -> temporaryIn(work));
        process.destroyForcibly().waitFor();
        assertThat(Files.size(half)).isPositive().isLessThan(4L * BigChild.VALUES);

        ShardSetWriter resumed = BigChild.writer(store);
        assertThat(resumed.isCommitted(0)).isFalse();
        resumed.commit(0, BigChild.acts());
        Sha256 ref = resumed.seal();
        try (ShardSet set = ShardSet.open(store, ref)) {
            float[] first = new float[BigChild.WIDTH];
            set.rows(0, 1, first);
            assertThat(first[1]).isEqualTo(1);
        }
        assertThat(filesUnder(store.shardSets())).hasSize(2);
        store.discardWork("killed");
        assertThat(Files.exists(half)).isFalse();
    }

    private ProcessBuilder child(Class<?> main) {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        store.root().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static <T> T await(Callable<@Nullable T> look) throws Exception {
        for (int i = 0; i < 6000; i++) {
            T found = look.call();
            if (found != null) {
                return found;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("nothing was written within a minute");
    }

    private static @Nullable Path temporaryIn(Path work) throws IOException {
        for (Path file : filesUnder(work)) {
            if (AtomicFiles.isTemporary(file) && Files.size(file) > 1 << 20) {
                return file;
            }
        }
        return null;
    }

    /** Writes one shard of 400 MB. */
    static final class BigChild {
        static final int WIDTH = 1000;
        static final int VALUES = 100_000 * WIDTH;

        private BigChild() {}

        public static void main(String[] arguments) {
            writer(ContentStore.at(Path.of(arguments[0]))).commit(0, acts());
        }

        static ShardSetWriter writer(ContentStore store) {
            return ShardSetWriter.open(store, "killed", spec(VALUES / WIDTH, WIDTH, VALUES / WIDTH));
        }

        static float[] acts() {
            float[] acts = new float[VALUES];
            for (int i = 0; i < VALUES; i++) {
                acts[i] = i % 1024;
            }
            return acts;
        }
    }

    private Sha256 neverKilled() {
        ContentStore other = ContentStore.at(folder.resolve("other"));
        Child.commitAll(Child.writer(other), shard -> {});
        return Child.writer(other).seal();
    }

    private static void awaitCommits(Process process, int n) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (int i = 0; i < n; i++) {
            assertThat(lines.readLine()).isEqualTo("committed " + i);
        }
    }

    /** The process that is killed: commits shard after shard and says so. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            commitAll(
                    writer(ContentStore.at(Path.of(arguments[0]))), shard -> System.out.println("committed " + shard));
        }

        static ShardSetWriter writer(ContentStore store) {
            return ShardSetWriter.open(store, "killed", spec(N_SHARDS * 100, WIDTH, 100));
        }

        static void commitAll(ShardSetWriter writer, IntConsumer committed) {
            for (int shard = 0; shard < N_SHARDS; shard++) {
                writer.commit(shard, acts(shard));
                committed.accept(shard);
            }
            writer.seal();
        }

        static float[] acts(int shard) {
            return random(shard, 100 * WIDTH);
        }
    }
}
