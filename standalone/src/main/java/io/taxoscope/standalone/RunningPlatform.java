package io.taxoscope.standalone;

import io.taxoscope.store.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a platform answers, as it says in its home.
 *
 * @param pid of its JVM
 * @param address of the gateway
 * @param seconds that it took to start
 * @param services address of each service
 */
public record RunningPlatform(
        long pid, String address, Instant startedAt, double seconds, Map<String, String> services) {
    private static final JsonMapper JSON = new JsonMapper();

    /** The platform that runs in this home, if one does: a file that a killed one left behind does not count. */
    public static Optional<RunningPlatform> in(PlatformHome home) {
        return home.isInUse() ? read(home.running()) : Optional.empty();
    }

    void writeTo(Path file) {
        AtomicFiles.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    }

    private static Optional<RunningPlatform> read(Path file) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), RunningPlatform.class));
        } catch (NoSuchFileException stillStarting) {
            return Optional.empty();
        } catch (IOException failure) {
            throw StandaloneError.HOME_UNUSABLE.because("cannot read " + file + ": " + failure, failure);
        }
    }
}
