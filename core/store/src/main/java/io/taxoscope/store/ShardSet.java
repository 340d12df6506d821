package io.taxoscope.store;

import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The activations of one tap and token over a dataset: immutable, mapped into memory, safe to read from many threads.
 * Opening reads every byte once and compares hashes, so that a damaged file fails the job that would use it instead of
 * bending its result.
 */
public final class ShardSet implements AutoCloseable {
    private final SealedFolder folder;
    private final ShardSetManifest manifest;
    private final List<ShardRows> shards;

    private ShardSet(SealedFolder folder, ShardSetManifest manifest, List<ShardRows> shards) {
        this.folder = folder;
        this.manifest = manifest;
        this.shards = List.copyOf(shards);
    }

    public static ShardSet open(ContentStore store, Sha256 ref) {
        SealedFolder folder = folder(store, ref);
        var manifest = manifest(folder);
        folder.verify(manifest.shards());
        var shards = new ArrayList<ShardRows>();
        try {
            for (ShardFile shard : manifest.shards()) {
                long rows = (long) shard.nExamples() * manifest.tokensPerExample();
                Safetensors file = Safetensors.read(folder.present(shard));
                shards.add(ShardRows.of(file, manifest.dtype(), rows, manifest.width()));
            }
        } catch (RuntimeException damaged) {
            shards.forEach(ShardRows::close);
            throw damaged;
        }
        return new ShardSet(folder, manifest, shards);
    }

    public static boolean exists(ContentStore store, Sha256 ref) {
        return Files.isRegularFile(folder(store, ref).path().resolve(SealedFolder.MANIFEST));
    }

    /** The manifest alone, without mapping any shard. */
    public static ShardSetManifest manifest(ContentStore store, Sha256 ref) {
        return manifest(folder(store, ref));
    }

    private static ShardSetManifest manifest(SealedFolder folder) {
        return folder.manifest(ShardSetManifest::parse, StoreError.SHARD_SET_NOT_FOUND);
    }

    /** Reads every byte of a shard set that need not be whole and answers every file that is not as it was made. */
    public static List<Damage> damage(ContentStore store, Sha256 ref) {
        SealedFolder folder = folder(store, ref);
        try {
            return folder.damage(manifest(folder).shards());
        } catch (TaxoscopeException failure) {
            if (failure.code() != StoreError.MANIFEST_CORRUPT) {
                throw failure;
            }
            return List.of(new Damage(SealedFolder.MANIFEST, failure.code(), String.valueOf(failure.getMessage())));
        }
    }

    /** For each row of a shard the position of its token in its image; null when the manifest's token says it. */
    public static int @Nullable [] tokens(ContentStore store, Sha256 ref, int shard) {
        SealedFolder folder = folder(store, ref);
        try (Safetensors file =
                Safetensors.read(folder.present(manifest(folder).shards().get(shard)))) {
            return file.has(ShardContent.TOKENS) ? file.ints(ShardContent.TOKENS) : null;
        }
    }

    /** The path of {@code manifest.json} or of one shard, for serving it as it is. */
    public static Path file(ContentStore store, Sha256 ref, String name) {
        SealedFolder folder = folder(store, ref);
        return folder.served(name, manifest(folder).shards());
    }

    public static void delete(ContentStore store, Sha256 ref) {
        AtomicFiles.deleteTree(folder(store, ref).path());
    }

    public Sha256 ref() {
        return folder.ref();
    }

    public ShardSetManifest manifest() {
        return manifest;
    }

    public int nExamples() {
        return manifest.nExamples();
    }

    /** Activation vectors: one for each token of each example, the tokens of an example next to each other. */
    public int nRows() {
        return manifest.nRows();
    }

    /** Length of one activation vector. */
    public int width() {
        return manifest.width();
    }

    /** Copies {@code n} rows from {@code first} on to the start of {@code out_bd}. */
    public void rows(int first, int n, float[] out_bd) {
        Objects.checkFromIndexSize(first, n, nRows());
        Objects.checkFromIndexSize(0L, (long) n * width(), out_bd.length);
        int perShard = rowsPerShard();
        for (int done = 0; done < n; ) {
            int row = first + done;
            int inShard = row % perShard;
            int take = Math.min(n - done, perShard - inShard);
            shards.get(row / perShard).copy(inShard, take, out_bd, done * width());
            done += take;
        }
    }

    /** Copies row {@code rows[i]} to place {@code i} of {@code out_bd} for each {@code i < count}. */
    public void gather(int[] rows, int count, float[] out_bd) {
        Objects.checkFromIndexSize(0, count, rows.length);
        Objects.checkFromIndexSize(0L, (long) count * width(), out_bd.length);
        int perShard = rowsPerShard();
        for (int i = 0; i < count; i++) {
            int row = Objects.checkIndex(rows[i], nRows());
            shards.get(row / perShard).copy(row % perShard, 1, out_bd, i * width());
        }
    }

    /** Reads every byte again; fails with {@code SHARD_CORRUPT} naming the first shard that differs from the manifest. */
    public void verify() {
        folder.verify(manifest.shards());
    }

    @Override
    public void close() {
        shards.forEach(ShardRows::close);
    }

    private int rowsPerShard() {
        return Math.multiplyExact(manifest.examplesPerShard(), manifest.tokensPerExample());
    }

    private static SealedFolder folder(ContentStore store, Sha256 ref) {
        return new SealedFolder(store.shardSets().resolve(ref.hex()), ref);
    }
}
