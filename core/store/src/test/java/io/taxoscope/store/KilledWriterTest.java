package io.taxoscope.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.common.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real process, really killed. */
class KilledWriterTest extends StoreTestCase {
    private static final int WIDTH = 64;
    private static final int N_SHARDS = 12;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 11, 12})
    void losesNoCommittedShardAndKeepsNoHalfOne(int commitsBeforeTheKill) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        store.root().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
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
