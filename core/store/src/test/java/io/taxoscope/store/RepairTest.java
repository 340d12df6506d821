package io.taxoscope.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.taxoscope.common.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RepairTest extends StoreTestCase {
    private static final int N = 47;
    private static final int WIDTH = 5;
    private static final int PER_SHARD = 10;
    private static final float[] ACTS = random(3, N * WIDTH);

    @Test
    void makesAgainExactlyTheShardsThatAreDamagedUnderTheSameName() throws IOException {
        Sha256 ref = made("job", null);
        flipByte(file(ref, 1), 300);
        Files.delete(file(ref, 2));
        cutLastByte(file(ref, 4));

        assertThat(ShardSet.damage(store, ref))
                .extracting(Damage::file, Damage::code)
                .containsExactly(
                        tuple("shard-00001.safetensors", StoreError.SHARD_CORRUPT),
                        tuple("shard-00002.safetensors", StoreError.SHARD_MISSING),
                        tuple("shard-00004.safetensors", StoreError.SHARD_TRUNCATED));

        List<Integer> again = new ArrayList<>();
        assertThat(made("repair", ref, again)).isEqualTo(ref);
        assertThat(again).containsExactly(1, 2, 4);
        assertThat(ShardSet.damage(store, ref)).isEmpty();
        assertThat(made("whole", ref, again)).isEqualTo(ref);
        assertThat(again).hasSize(3);
    }

    @Test
    void namesADamagedManifest() throws IOException {
        Sha256 ref = made("job", null);
        flipByte(ShardSet.file(store, ref, "manifest.json"), 40);
        assertThat(ShardSet.damage(store, ref))
                .extracting(Damage::file, Damage::code)
                .containsExactly(tuple("manifest.json", StoreError.MANIFEST_CORRUPT));
        assertThat(made("again", null)).isEqualTo(ref);
        assertThat(ShardSet.damage(store, ref)).isEmpty();
    }

    private Path file(Sha256 ref, int shard) {
        return store.shardSets().resolve(ref.hex()).resolve("shard-%05d.safetensors".formatted(shard));
    }

    private Sha256 made(String job, @Nullable Sha256 earlier) {
        return made(job, earlier, new ArrayList<>());
    }

    private Sha256 made(String job, @Nullable Sha256 earlier, List<Integer> again) {
        ShardSetWriter writer = ShardSetWriter.open(store, job, spec(N, WIDTH, PER_SHARD));
        if (earlier != null) {
            writer.adopt(store, earlier);
        }
        for (int shard = 0; shard < writer.nShards(); shard++) {
            if (!writer.isCommitted(shard)) {
                again.add(shard);
                writer.commit(shard, slice(ACTS, writer, shard, WIDTH));
            }
        }
        return writer.seal();
    }
}
