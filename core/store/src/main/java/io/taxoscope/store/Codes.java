package io.taxoscope.store;

import io.taxoscope.common.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Sparse codes of a shard set under one SAE, stored as compressed sparse rows: immutable, read one shard at a time. */
public final class Codes {
    static final String INDPTR = "indptr";
    static final String INDICES = "indices";
    static final String VALUES = "values";

    private final SealedFolder folder;
    private final CodesManifest manifest;

    private Codes(SealedFolder folder, CodesManifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /** Checks the manifest's hash and that each shard is there with its length; a shard's bytes are checked when it is read. */
    public static Codes open(ContentStore store, Sha256 ref) {
        SealedFolder folder = folder(store, ref);
        var manifest = folder.manifest(CodesManifest.class, StoreError.CODES_NOT_FOUND);
        manifest.shards().forEach(folder::present);
        return new Codes(folder, manifest);
    }

    public static boolean exists(ContentStore store, Sha256 ref) {
        return Files.isRegularFile(folder(store, ref).path().resolve(SealedFolder.MANIFEST));
    }

    /** The path of {@code manifest.json} or of one shard, for serving it as it is. */
    public static Path file(ContentStore store, Sha256 ref, String name) {
        SealedFolder folder = folder(store, ref);
        List<ShardFile> shards =
                folder.manifest(CodesManifest.class, StoreError.CODES_NOT_FOUND).shards();
        return folder.served(name, shards);
    }

    public static void delete(ContentStore store, Sha256 ref) {
        AtomicFiles.deleteTree(folder(store, ref).path());
    }

    public Sha256 ref() {
        return folder.ref();
    }

    public CodesManifest manifest() {
        return manifest;
    }

    public int nExamples() {
        return manifest.nExamples();
    }

    public int nLatents() {
        return manifest.nLatents();
    }

    public int nShards() {
        return manifest.shards().size();
    }

    /** Reads one shard and checks its hash and that it is well formed. */
    public CodesShard shard(int index) {
        ShardFile shard = manifest.shards().get(index);
        folder.verify(List.of(shard));
        try (Safetensors file = Safetensors.read(folder.present(shard))) {
            return CodesShard.of(file, shard, nLatents());
        }
    }

    /** Visits the shards in the order of the examples, one at a time in memory. */
    public void forEachShard(Consumer<CodesShard> visitor) {
        for (int i = 0; i < nShards(); i++) {
            visitor.accept(shard(i));
        }
    }

    /** Reads every shard; fails with {@code SHARD_CORRUPT} naming the first that differs from the manifest. */
    public void verify() {
        folder.verify(manifest.shards());
    }

    private static SealedFolder folder(ContentStore store, Sha256 ref) {
        return new SealedFolder(store.codes().resolve(ref.hex()), ref);
    }
}
