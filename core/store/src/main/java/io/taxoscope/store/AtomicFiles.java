package io.taxoscope.store;

import io.taxoscope.common.Sha256;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Files that appear whole or not at all, even when the process or the machine dies: written under a temporary name,
 * flushed to the disk, renamed, and the folder flushed so that the new name survives too.
 */
public final class AtomicFiles {
    private static final String TEMPORARY = ".tmp-";

    private AtomicFiles() {}

    /** Writes bytes; called once. */
    @FunctionalInterface
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Replaces {@code target} by what {@code body} writes and answers its hash. */
    public static Sha256 write(Path target, Body body) {
        Path temporary = temporaryBeside(target);
        try {
            Sha256 hash = writeTemporary(temporary, body);
            moveInto(temporary, target);
            return hash;
        } catch (IOException failure) {
            throw StoreError.STORE_UNWRITABLE.because("cannot write " + target + ": " + failure, failure);
        } finally {
            deleteQuietly(temporary);
        }
    }

    public static Sha256 write(Path target, byte[] bytes) {
        return write(target, out -> out.write(bytes));
    }

    /** A name that no reader takes for a finished file and that two writers never share. */
    static Path temporaryBeside(Path target) {
        return target.resolveSibling(TEMPORARY + UUID.randomUUID());
    }

    static boolean isTemporary(Path file) {
        return file.getFileName().toString().startsWith(TEMPORARY);
    }

    static Sha256 writeTemporary(Path temporary, Body body) throws IOException {
        Files.createDirectories(parent(temporary));
        MessageDigest digest = Sha256.digest();
        try (FileOutputStream file = new FileOutputStream(temporary.toFile());
                OutputStream out = new DigestOutputStream(new BufferedOutputStream(file, 1 << 16), digest)) {
            body.writeTo(out);
            out.flush();
            file.getFD().sync();
        }
        return Sha256.finish(digest);
    }

    static void moveInto(Path temporary, Path target) throws IOException {
        Files.createDirectories(parent(target));
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        sync(parent(target));
    }

    /** Renames a finished folder; answers whether it was this call that brought it there. */
    static boolean moveFolderInto(Path folder, Path target) throws IOException {
        Files.createDirectories(parent(target));
        sync(folder);
        try {
            Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException alreadyThere) {
            return false;
        } catch (FileSystemException failure) {
            if (Files.isDirectory(target)) { // rename(2) may say ENOTEMPTY, for which Java has no exception of its own
                return false;
            }
            throw failure;
        }
        sync(parent(target));
        return true;
    }

    static Path parent(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
    }

    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException leftBehind) {
            // A leftover under a temporary name is never read, and the next clean-up of the work folder removes it.
        }
    }

    /** Removes a folder and all in it; files that vanish meanwhile are fine. */
    static void deleteTree(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new Deletion());
        } catch (IOException failure) {
            throw StoreError.STORE_UNWRITABLE.because("cannot remove " + folder + ": " + failure, failure);
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
