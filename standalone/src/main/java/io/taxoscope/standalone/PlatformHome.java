package io.taxoscope.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder in which one platform keeps everything: database, store, logs, and where it answers. */
public record PlatformHome(Path folder) {
    /** Opens the folder, creating it when there is none. */
    public static PlatformHome at(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute.resolve("logs"));
        } catch (IOException failure) {
            throw StandaloneError.HOME_UNUSABLE.because("cannot create " + absolute + ": " + failure, failure);
        }
        return new PlatformHome(absolute);
    }

    Path postgres() {
        return folder.resolve("pg");
    }

    /** Not with the other logs, because its folder must belong to whom the server runs as. */
    Path postgresLog() {
        return postgres().resolve("postgres.log");
    }

    Path postgresBinaries() {
        return folder.resolve("bin");
    }

    public Path store() {
        return folder.resolve("store");
    }

    public Path logs() {
        return folder.resolve("logs");
    }

    /** Written once the platform is ready and removed when it stops; after a crash it may be stale. */
    public Path running() {
        return folder.resolve("standalone.json");
    }

    /** Whether a live process holds the folder. The system drops the lock of a killed one, so this cannot be stale. */
    public boolean isInUse() {
        Claim claim = tryClaim();
        if (claim == null) {
            return true;
        }
        claim.close();
        return false;
    }

    /** Claims the folder for this process. */
    public Claim claim() {
        Claim claim = tryClaim();
        if (claim == null) {
            throw StandaloneError.HOME_IN_USE.because("a platform is already running in " + folder);
        }
        return claim;
    }

    private @Nullable Claim tryClaim() {
        try {
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return null;
            }
            return new Claim(channel);
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        } catch (IOException failure) {
            throw StandaloneError.HOME_UNUSABLE.because("cannot lock " + folder + ": " + failure, failure);
        }
    }

    /** The folder belongs to this process until this is closed. */
    public record Claim(FileChannel channel) implements AutoCloseable {
        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
