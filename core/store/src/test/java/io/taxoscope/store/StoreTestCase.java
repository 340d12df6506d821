package io.taxoscope.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A fresh store for each test, and the ways to damage it. */
abstract class StoreTestCase {
    @TempDir
    Path folder;

    ContentStore store;

    @BeforeEach
    void openStore() {
        store = ContentStore.at(folder.resolve("store"));
    }

    static float[] random(long seed, int n) {
        var random = new SplittableRandom(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    static ShardSetSpec spec(int nExamples, int width, int perShard) {
        return new ShardSetSpec("blocks.0.resid_post", 0, "CLS", width, nExamples, perShard, "m-1", Sha256.of("data"));
    }

    /** The rows of one shard out of a whole matrix. */
    static float[] slice(float[] acts_bd, ShardSetWriter writer, int shard, int width) {
        int from = writer.firstExample(shard) * width;
        return java.util.Arrays.copyOfRange(acts_bd, from, from + writer.examplesIn(shard) * width);
    }

    static void flipByte(Path file, long at) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int before = bytes.read();
            bytes.seek(at);
            bytes.write(before ^ 1);
        }
    }

    static void cutLastByte(Path file) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(bytes.length() - 1);
        }
    }

    static void assertFails(StoreError code, String named, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(TaxoscopeException.class, failure -> assertThat(failure.code())
                        .isEqualTo(code))
                .hasMessageContaining(named);
    }

    static List<Path> filesUnder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
