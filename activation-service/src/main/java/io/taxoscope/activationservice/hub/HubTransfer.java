package io.taxoscope.activationservice.hub;

import io.taxoscope.activationservice.hub.HubClient.Answer;
import io.taxoscope.activationservice.hub.HubListing.File;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.support.sources.LimitedStream;
import io.taxoscope.support.sources.SourceProperties;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Brings one file of the hub into the store. What has arrived stays in a partial file named by the hash that the whole must
 * have, so that a broken connection, a cancelled job and a killed process all go on from the byte where they stopped.
 */
@Component
class HubTransfer {
    private final HubClient client;
    private final HubRequests requests;
    private final ContentStore store;
    private final SourceProperties sources;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    HubTransfer(HubClient client, HubRequests requests, ContentStore store, SourceProperties sources) {
        this.client = client;
        this.requests = requests;
        this.store = store;
        this.sources = sources;
    }

    /**
     * @param progress told how many bytes of the file are here, after every piece; what it throws ends the transfer
     * @return the stored file, whose bytes have the hash that the listing gives
     */
    Sha256 fetch(String repository, String commit, File file, @Nullable String token, LongConsumer progress) {
        if (file.size() > sources.maxBytes().toBytes()) {
            throw LimitedStream.tooLarge(file.path() + " of " + repository, sources.maxBytes());
        }
        String hash = file.hash();
        ReentrantLock lock = locks.computeIfAbsent(hash, _ -> new ReentrantLock());
        lock.lock();
        try {
            Path folder = Files.createDirectories(store.work("hub-" + hash));
            try (FileChannel part = FileChannel.open(
                            folder.resolve("part"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
                    var otherProcesses = part.lock()) {
                Objects.requireNonNull(otherProcesses);
                return complete(new Wanted(repository, commit, file, token), part, folder.resolve("part"), progress);
            } finally {
                discardIfEmpty(folder);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot keep " + file.path() + " of " + repository, failure);
        } finally {
            lock.unlock();
        }
    }

    private record Wanted(
            String repository,
            String commit,
            File file,
            @Nullable String token) {
        String name() {
            return file.path() + " of " + repository;
        }
    }

    private Sha256 complete(Wanted wanted, FileChannel part, Path path, LongConsumer progress) throws IOException {
        requests.untilDone(wanted.name(), () -> load(wanted, part, progress));
        Sha256 sha256 = Sha256.of(path);
        String expected = wanted.file().hash();
        String actual = expected.length() == 64 ? sha256.hex() : GitBlob.sha1(path);
        if (!actual.equals(expected)) {
            // Nothing of it can be trusted; the next attempt starts at the first byte.
            part.truncate(0);
            throw HubError.HUB_FILE_CORRUPT.because("%s arrived with the hash %s instead of %s; nothing of it was kept"
                    .formatted(wanted.name(), actual, expected));
        }
        Sha256 kept = store.put(path);
        part.truncate(0);
        return kept;
    }

    /** One request; null when it brought bytes without ending the file. */
    private @Nullable Boolean load(Wanted wanted, FileChannel part, LongConsumer progress) throws IOException {
        long size = wanted.file().size();
        if (part.size() > size) {
            part.truncate(0);
        }
        if (part.size() == size) {
            return true;
        }
        long before = part.size();
        try (Answer answer =
                client.file(wanted.repository(), wanted.commit(), wanted.file().path(), before, wanted.token())) {
            if (answer.status() == 416) {
                part.truncate(0);
                throw new IOException("the hub has no bytes from " + before + " on; starting anew");
            }
            requests.requireOk(answer, wanted.name());
            part.truncate(resumedAt(answer, before));
            append(answer.body(), part, size, progress);
        } catch (IOException broken) {
            if (part.size() > before) {
                return null;
            }
            throw broken;
        }
        if (part.size() == size) {
            return true;
        }
        if (part.size() > before) {
            return null;
        }
        throw new IOException("the hub ends the file at byte %d of %d".formatted(part.size(), size));
    }

    /** A server that does not know ranges sends the whole file again. */
    private static long resumedAt(Answer answer, long asked) throws IOException {
        if (answer.status() != 206) {
            return 0;
        }
        String range = String.valueOf(answer.header("Content-Range"));
        if (!range.startsWith("bytes " + asked + "-")) {
            throw new IOException("the hub sends %s when asked for bytes from %d".formatted(range, asked));
        }
        return asked;
    }

    private static void append(InputStream body, FileChannel part, long size, LongConsumer progress)
            throws IOException {
        byte[] buffer = new byte[1 << 18];
        part.position(part.size());
        for (int n; (n = body.read(buffer)) > 0; ) {
            if (part.position() + n > size) {
                part.truncate(0);
                throw new IOException("the hub sends more than the %d bytes that it announced".formatted(size));
            }
            ByteBuffer piece = ByteBuffer.wrap(buffer, 0, n);
            while (piece.hasRemaining()) {
                part.write(piece);
            }
            progress.accept(part.position());
        }
    }

    private static void discardIfEmpty(Path folder) throws IOException {
        Path part = folder.resolve("part");
        if (Files.exists(part) && Files.size(part) == 0) {
            Files.delete(part);
            Files.delete(folder);
        }
    }
}
