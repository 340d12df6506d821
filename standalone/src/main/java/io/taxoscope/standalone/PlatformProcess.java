package io.taxoscope.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stops what runs in a home: the platform in order, or what a killed one left behind. */
public final class PlatformProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private PlatformProcess() {}

    /** Answers whether anything ran. */
    public static boolean stop(PlatformHome home) {
        Optional<RunningPlatform> running = RunningPlatform.in(home);
        running.flatMap(platform -> ProcessHandle.of(platform.pid())).ifPresent(PlatformProcess::stop);
        boolean orphan = stopOrphanedDatabase(home);
        try {
            Files.deleteIfExists(home.running());
        } catch (IOException failure) {
            throw StandaloneError.HOME_UNUSABLE.because("cannot remove " + home.running() + ": " + failure, failure);
        }
        return running.isPresent() || orphan;
    }

    private static boolean stopOrphanedDatabase(PlatformHome home) {
        if (!Files.isDirectory(home.postgresBinaries())) {
            return false;
        }
        PostgresBinaries binaries = PostgresBinaries.unpackedIn(home.postgresBinaries());
        return EmbeddedDatabase.stopOrphan(binaries, home.postgres(), home.postgresLog());
    }

    private static void stop(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException stuck) {
            process.destroyForcibly();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("cannot wait for process " + process.pid(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
