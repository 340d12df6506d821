package io.taxoscope.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.common.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class CodesTest extends StoreTestCase {
    private static final CodesSpec SPEC = new CodesSpec(Sha256.of("sae"), Sha256.of("acts"), 8, 3, 2);

    @Test
    void readsBackEveryRow() {
        var rows = new ArrayList<String>();
        Codes codes = Codes.open(store, sealed());
        codes.forEachShard(shard -> {
            for (int row = 0; row < shard.nExamples(); row++) {
                var text = new StringBuilder().append(shard.firstExample() + row);
                for (int at = shard.begin(row); at < shard.end(row); at++) {
                    text.append(' ').append(shard.latent(at)).append('=').append(shard.value(at));
                }
                rows.add(text.toString());
            }
        });
        assertThat(rows).containsExactly("0 1=0.5 7=2.0", "1", "2 0=3.0");
        assertThat(codes.nLatents()).isEqualTo(8);
        assertThat(codes.manifest().sae()).isEqualTo(SPEC.sae().hex());
        codes.verify();
    }

    @Test
    void isNamedByWhatItHolds() {
        assertThat(sealed()).isEqualTo(sealed());
    }

    @Test
    void resumesAfterACrash() {
        CodesWriter crashed = CodesWriter.open(store, "crashed", SPEC);
        crashed.commit(1, new long[] {0, 1}, new int[] {0}, new float[] {3});
        CodesWriter resumed = CodesWriter.open(store, "crashed", SPEC);
        assertThat(resumed.isCommitted(0)).isFalse();
        assertThat(resumed.isCommitted(1)).isTrue();
        resumed.commit(0, new long[] {0, 2, 2}, new int[] {1, 7}, new float[] {0.5f, 2});
        assertThat(resumed.seal()).isEqualTo(sealed());
    }

    @Test
    void refusesRowsThatAreNotAscendingWithinRangeAndFinite() {
        CodesWriter writer = CodesWriter.open(store, "job", SPEC);
        float[] two = {1, 1};
        assertFails(
                StoreError.CODES_MALFORMED,
                "examples 0 to 1: row 0 has latent 1 after 7",
                () -> writer.commit(0, new long[] {0, 2, 2}, new int[] {7, 1}, two));
        assertFails(
                StoreError.CODES_MALFORMED,
                "latent 8",
                () -> writer.commit(0, new long[] {0, 1, 2}, new int[] {0, 8}, two));
        assertFails(
                StoreError.CODES_MALFORMED,
                "indptr falls after row 0",
                () -> writer.commit(0, new long[] {0, -1, 2}, new int[] {0, 1}, two));
        assertFails(
                StoreError.CODES_MALFORMED,
                "3 entries from 0 to 2",
                () -> writer.commit(0, new long[] {0, 2}, new int[] {0, 1}, two));
        assertFails(
                StoreError.CODES_MALFORMED,
                "value Infinity for latent 1",
                () -> writer.commit(
                        0, new long[] {0, 1, 2}, new int[] {0, 1}, new float[] {1, Float.POSITIVE_INFINITY}));
    }

    @Test
    void findsDamageWhenItReads() throws IOException {
        Sha256 ref = sealed();
        Path shard = Codes.file(store, ref, "codes-00000.safetensors");
        flipByte(shard, Files.size(shard) - 1);
        assertFails(StoreError.SHARD_CORRUPT, "codes-00000", Codes.open(store, ref)::verify);
        assertFails(StoreError.SHARD_CORRUPT, "codes-00000", () -> Codes.open(store, ref)
                .shard(0));
        cutLastByte(shard);
        assertFails(StoreError.SHARD_TRUNCATED, "codes-00000", () -> Codes.open(store, ref));
    }

    private Sha256 sealed() {
        CodesWriter writer = CodesWriter.open(store, "job", SPEC);
        writer.commit(0, new long[] {0, 2, 2}, new int[] {1, 7}, new float[] {0.5f, 2});
        writer.commit(1, new long[] {0, 1}, new int[] {0}, new float[] {3});
        return writer.seal();
    }
}
