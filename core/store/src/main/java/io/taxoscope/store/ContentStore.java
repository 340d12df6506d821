package io.taxoscope.store;

import io.taxoscope.common.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A folder of immutable files, shared by the services of one platform. A blob is found by the hash of its bytes, a shard
 * set or codes by the hash of its manifest; nothing that has a name ever changes.
 */
public final class ContentStore {
    private static final Pattern JOB_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private final Path root;

    private ContentStore(Path root) {
        this.root = root;
    }

    /** Opens the store, creating the folder when there is none. */
    public static ContentStore at(Path root) {
        Path absolute = root.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
        } catch (IOException failure) {
            throw StoreError.STORE_UNWRITABLE.because("cannot create the store " + absolute + ": " + failure, failure);
        }
        return new ContentStore(absolute);
    }

    public Path root() {
        return root;
    }

    public Sha256 put(byte[] bytes) {
        return put(out -> out.write(bytes));
    }

    /** Reads the stream to its end; closing it is the caller's business. */
    public Sha256 put(InputStream in) {
        return put(in::transferTo);
    }

    public Sha256 put(Path file) {
        return put(out -> Files.copy(file, out));
    }

    /**
     * Stores what {@code body} writes. Putting the same bytes again is harmless, and heals a damaged blob.
     */
    public Sha256 put(AtomicFiles.Body body) {
        Path temporary = AtomicFiles.temporaryBeside(root.resolve("blobs").resolve("incoming"));
        try {
            Sha256 hash = AtomicFiles.writeTemporary(temporary, body);
            AtomicFiles.moveInto(temporary, blobPath(hash));
            return hash;
        } catch (IOException failure) {
            throw StoreError.STORE_UNWRITABLE.because("cannot store a blob in " + root + ": " + failure, failure);
        } finally {
            AtomicFiles.deleteQuietly(temporary);
        }
    }

    public boolean has(Sha256 hash) {
        return Files.isRegularFile(blobPath(hash));
    }

    /** The blob's file, whose bytes are not checked here: see {@link #read} and {@link #verify}. */
    public Path blob(Sha256 hash) {
        Path path = blobPath(hash);
        if (!Files.isRegularFile(path)) {
            throw StoreError.BLOB_NOT_FOUND.because("no blob " + hash + " in the store " + root);
        }
        return path;
    }

    /** The blob's bytes, checked against its name. */
    public byte[] read(Sha256 hash) {
        Path path = blob(hash);
        byte[] bytes = readAll(path);
        requireHash(hash, Sha256.of(bytes), path);
        return bytes;
    }

    /** Fails with {@code BLOB_CORRUPT} unless the blob's bytes are those it is named by. */
    public void verify(Sha256 hash) {
        Path path = blob(hash);
        requireHash(hash, Sha256.of(path), path);
    }

    /** Removes what a job has not sealed; to be called when the job is finished or cancelled. */
    public void discardWork(String jobId) {
        AtomicFiles.deleteTree(work(jobId));
    }

    /** A private folder for a job's unfinished files such as checkpoints; not created here. */
    public Path work(String jobId) {
        if (!JOB_ID.matcher(jobId).matches()) {
            throw new IllegalArgumentException("not a job id (letters, digits, . _ -): " + jobId);
        }
        return root.resolve("work").resolve(jobId);
    }

    Path shardSets() {
        return root.resolve("shard-sets");
    }

    Path codes() {
        return root.resolve("codes");
    }

    Path blobs() {
        return root.resolve("blobs");
    }

    private Path blobPath(Sha256 hash) {
        return blobs().resolve(hash.hex().substring(0, 2)).resolve(hash.hex());
    }

    static byte[] readAll(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException failure) {
            throw StoreError.STORE_UNREADABLE.because("cannot read " + path + ": " + failure, failure);
        }
    }

    private static void requireHash(Sha256 expected, Sha256 actual, Path path) {
        if (!actual.equals(expected)) {
            throw StoreError.BLOB_CORRUPT.because("the blob " + path + " has the hash " + actual
                    + ": its bytes have changed; put the original again or delete it");
        }
    }
}
