package io.taxoscope.store;

import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The shards of a running job, before they become immutable. A committed shard carries its hash in its name, so one
 * rename commits bytes and checksum together: after a crash each file proves itself. Two workers that both believe to own
 * the job write different names and cannot damage each other's files; the smallest name that proves itself counts.
 */
final class UnsealedShards {
    private static final String SUFFIX = ".safetensors";

    private final Path folder;
    private final Path collection;
    private final String prefix;
    private final ShardPlan plan;
    private final Map<Integer, Path> committed = new ConcurrentHashMap<>();

    /**
     * @param spec what is being made; another spec of the same job has a folder of its own
     * @param collection where the sealed folder goes
     * @param prefix of the sealed files' names
     */
    UnsealedShards(ContentStore store, String jobId, Object spec, Path collection, String prefix, ShardPlan plan) {
        String key = Sha256.of(Json.line(spec)).hex().substring(0, 16);
        this.folder = store.work(jobId).resolve(prefix + "-" + key);
        this.collection = collection;
        this.prefix = prefix;
        this.plan = plan;
        dropWhatCannotBeTrusted();
    }

    boolean isCommitted(int shard) {
        plan.requireShard(shard);
        return committed(shard) != null;
    }

    void commit(int shard, AtomicFiles.Body body) {
        if (isCommitted(shard)) {
            return;
        }
        Path temporary = AtomicFiles.temporaryBeside(folder.resolve("shard"));
        try {
            Sha256 hash = AtomicFiles.writeTemporary(temporary, body);
            Path target = folder.resolve(number(shard) + "." + hash + SUFFIX);
            AtomicFiles.moveInto(temporary, target);
            committed.put(shard, target);
        } catch (IOException failure) {
            throw StoreError.STORE_UNWRITABLE.because(
                    "cannot commit shard " + shard + " in " + folder + ": " + failure, failure);
        } finally {
            AtomicFiles.deleteQuietly(temporary);
        }
    }

    /** Takes a file of known hash for a shard that is not committed yet. */
    void adopt(int shard, Path file, String sha256) {
        if (isCommitted(shard)) {
            return;
        }
        Path target = folder.resolve(number(shard) + "." + sha256 + SUFFIX);
        try {
            linkOrCopy(file, target);
            AtomicFiles.sync(folder);
            committed.put(shard, target);
        } catch (FileAlreadyExistsException sameFromAnotherWorker) {
            committed.put(shard, target);
        } catch (IOException failure) {
            throw StoreError.STORE_UNWRITABLE.because(
                    "cannot link " + file + " into " + folder + ": " + failure, failure);
        }
    }

    /**
     * Answers the ref of the sealed folder, whose manifest is made of the list of its files and the folder in which they lie; sealing again answers the same. The committed files stay until the job's work
     * is discarded: they are links to the sealed ones, and a job that died before it noted the ref seals again.
     */
    Sha256 seal(BiFunction<List<ShardFile>, Path, Object> manifest) {
        Path staging = folder.resolve("seal-" + UUID.randomUUID());
        try {
            return sealThrough(staging, manifest);
        } catch (IOException failure) {
            throw StoreError.STORE_UNWRITABLE.because("cannot seal " + folder + ": " + failure, failure);
        } finally {
            AtomicFiles.deleteTree(staging);
        }
    }

    private Sha256 sealThrough(Path staging, BiFunction<List<ShardFile>, Path, Object> manifest) throws IOException {
        List<ShardFile> files = new ArrayList<>();
        for (int shard = 0; shard < plan.nShards(); shard++) {
            Path source = requireCommitted(shard);
            String name = prefix + "-" + number(shard) + SUFFIX;
            linkOrCopy(source, staging.resolve(name));
            files.add(new ShardFile(
                    name, plan.firstExample(shard), plan.examplesIn(shard), Files.size(source), hashInName(source)));
        }
        Sha256 ref =
                AtomicFiles.write(staging.resolve(SealedFolder.MANIFEST), Json.pretty(manifest.apply(files, staging)));
        var target = new SealedFolder(collection.resolve(ref.hex()), ref);
        if (!AtomicFiles.moveFolderInto(staging, target.path()) && isDamaged(target, files)) {
            AtomicFiles.moveFolderInto(target.path(), folder.resolve("damaged-" + UUID.randomUUID()));
            AtomicFiles.moveFolderInto(staging, target.path());
        }
        return ref;
    }

    private static void linkOrCopy(Path source, Path target) throws IOException {
        Files.createDirectories(AtomicFiles.parent(target));
        try {
            Files.createLink(target, source);
        } catch (UnsupportedOperationException noLinksHere) {
            AtomicFiles.write(target, out -> Files.copy(source, out));
        }
    }

    /** Equal content may have been sealed before and have rotted since; then the new files take its place. */
    private static boolean isDamaged(SealedFolder folder, List<ShardFile> files) {
        try {
            folder.verify(files);
            return false;
        } catch (TaxoscopeException damaged) {
            return true;
        }
    }

    private Path requireCommitted(int shard) {
        Path file = committed(shard);
        if (file == null) {
            throw StoreError.SHARDS_INCOMPLETE.because(
                    "shard " + shard + " of " + plan.nShards() + " is not committed in " + folder);
        }
        return file;
    }

    private @Nullable Path committed(int shard) {
        Path known = committed.get(shard);
        return known != null && Files.exists(known) ? known : proven(shard);
    }

    private @Nullable Path proven(int shard) {
        for (Path candidate : list(number(shard) + ".*" + SUFFIX)) {
            if (Sha256.of(candidate).hex().equals(hashInName(candidate))) {
                committed.put(shard, candidate);
                return candidate;
            }
        }
        return null;
    }

    /** Only files that do not prove themselves go: temporary ones may belong to a worker that is still alive. */
    private void dropWhatCannotBeTrusted() {
        for (Path file : list("*" + SUFFIX)) {
            if (!Sha256.of(file).hex().equals(hashInName(file))) {
                AtomicFiles.deleteQuietly(file);
            } else {
                int shard = Integer.parseInt(file.getFileName().toString().split("\\.", 2)[0]);
                committed.putIfAbsent(shard, file);
            }
        }
    }

    private List<Path> list(String glob) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            List<Path> found = new ArrayList<>();
            files.forEach(found::add);
            found.sort(null);
            return found;
        } catch (IOException failure) {
            throw StoreError.STORE_UNREADABLE.because("cannot list " + folder + ": " + failure, failure);
        }
    }

    private static String number(int shard) {
        return "%05d".formatted(shard);
    }

    private static String hashInName(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.indexOf('.') + 1, name.length() - SUFFIX.length());
    }
}
