package io.taxoscope.store;

import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A folder of shards beside the manifest whose hash names it. */
record SealedFolder(Path path, Sha256 ref) {
    static final String MANIFEST = "manifest.json";

    /** Reads the manifest, once its bytes are those that the folder is named by. */
    <M> M manifest(Class<M> type, StoreError absent) {
        return manifest(json -> Json.strict().treeToValue(json, type), absent);
    }

    /** Reads the manifest as {@code parse} understands it. */
    <M> M manifest(Function<JsonNode, M> parse, StoreError absent) {
        Path file = path.resolve(MANIFEST);
        if (!Files.isRegularFile(file)) {
            throw absent.because("nothing is stored as " + path);
        }
        try {
            return parse.apply(Json.strict().readTree(manifestBytes()));
        } catch (JacksonException | IllegalArgumentException failure) {
            throw StoreError.MANIFEST_UNSUPPORTED.because(
                    file + " is not a manifest that this version reads: " + failure.getMessage(), failure);
        }
    }

    /** The shard's path, once the file is there and as long as the manifest says. */
    Path present(ShardFile shard) {
        Path file = path.resolve(shard.file());
        if (!Files.isRegularFile(file)) {
            throw StoreError.SHARD_MISSING.because(file + " is listed in the manifest but not there");
        }
        long bytes = size(file);
        if (bytes != shard.bytes()) {
            throw StoreError.SHARD_TRUNCATED.because(
                    file + " has " + bytes + " bytes, its manifest says " + shard.bytes());
        }
        return file;
    }

    /** Reads every byte of the manifest and of every shard. */
    void verify(List<ShardFile> shards) {
        manifestBytes();
        shards.forEach(this::intact);
    }

    /** The shard's path, once every byte of it was read and is as the manifest says. */
    Path intact(ShardFile shard) {
        Path file = present(shard);
        Sha256 actual = Sha256.of(file);
        if (!actual.hex().equals(shard.sha256())) {
            throw StoreError.SHARD_CORRUPT.because(
                    file + " has the hash " + actual + ", its manifest says " + shard.sha256());
        }
        return file;
    }

    /** What {@link #intact} says about each shard that is not. */
    List<Damage> damage(List<ShardFile> shards) {
        List<Damage> found = new ArrayList<>();
        for (ShardFile shard : shards) {
            try {
                intact(shard);
            } catch (TaxoscopeException damaged) {
                found.add(new Damage(shard.file(), damaged.code(), String.valueOf(damaged.getMessage())));
            }
        }
        return found;
    }

    /** The path of a file that may be handed out: the manifest or a shard that it lists. */
    Path served(String name, List<ShardFile> shards) {
        if (name.equals(MANIFEST)
                || shards.stream().anyMatch(shard -> shard.file().equals(name))) {
            return path.resolve(name);
        }
        throw StoreError.FILE_NOT_FOUND.because("no file " + name + " in " + path);
    }

    private byte[] manifestBytes() {
        Path file = path.resolve(MANIFEST);
        byte[] json = ContentStore.readAll(file);
        Sha256 actual = Sha256.of(json);
        if (!actual.equals(ref)) {
            throw StoreError.MANIFEST_CORRUPT.because(file + " has the hash " + actual + ": its bytes have changed");
        }
        return json;
    }

    static void requireFormat(String format, int version, String expected, int newest) {
        if (!format.equals(expected) || version < 1 || version > newest) {
            throw new IllegalArgumentException(
                    "format " + format + " " + version + ", expected " + expected + " 1 to " + newest);
        }
    }

    /** The shards must be the rows 0 to nExamples, in order, without gaps. */
    static void requireRows(List<ShardFile> shards, ShardPlan plan) {
        if (shards.size() != plan.nShards()) {
            throw new IllegalArgumentException(shards.size() + " shards listed, expected " + plan.nShards());
        }
        for (int i = 0; i < shards.size(); i++) {
            ShardFile shard = shards.get(i);
            if (shard.firstExample() != plan.firstExample(i) || shard.nExamples() != plan.examplesIn(i)) {
                throw new IllegalArgumentException(
                        "shard " + shard.file() + " holds other rows than shard " + i + " should");
            }
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException failure) {
            throw StoreError.STORE_UNREADABLE.because("cannot read " + file + ": " + failure, failure);
        }
    }
}
