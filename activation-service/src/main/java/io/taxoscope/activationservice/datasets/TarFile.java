package io.taxoscope.activationservice.datasets;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** The entries of a tar, gzipped or not, one after the other and within a budget. */
final class TarFile implements AutoCloseable {
    private static final int BLOCK = 512;
    private static final int USTAR_AT = 257;
    private static final int BUFFER = 1 << 16;

    private final TarArchiveInputStream in;
    private final ArchiveBudget budget;

    private TarFile(TarArchiveInputStream in, ArchiveBudget budget) {
        this.in = in;
        this.budget = budget;
    }

    static TarFile open(Path tar, ImageProperties properties) throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(tar), BUFFER);
        try {
            file.mark(2);
            boolean gzipped = isGzip(file.readNBytes(2));
            file.reset();
            return new TarFile(
                    new TarArchiveInputStream(gzipped ? new GZIPInputStream(file, BUFFER) : file),
                    new ArchiveBudget(properties, Files.size(tar)));
        } catch (IOException failure) {
            file.close();
            throw failure;
        }
    }

    static boolean isGzip(byte[] head) {
        return head.length > 1 && (head[0] & 0xFF) == 0x1F && (head[1] & 0xFF) == 0x8B;
    }

    /** Whether a file looks like a tar: by its magic, or by its name for the oldest kind, which has none. */
    static boolean isTar(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] head = in.readNBytes(BLOCK);
            boolean isNamedTar = path.toString().endsWith(".tar");
            return isGzip(head)
                    || (head.length == BLOCK
                            && (isNamedTar
                                    || new String(head, USTAR_AT, 5, StandardCharsets.ISO_8859_1).equals("ustar")));
        }
    }

    /** The next entry that is neither a folder nor hidden; null at the end. */
    @Nullable TarArchiveEntry next() throws IOException {
        for (TarArchiveEntry entry; (entry = in.getNextEntry()) != null; ) {
            budget.add(entry.getSize());
            if (!entry.isDirectory() && !Labels.isHidden(ArchivePaths.plain(entry.getName()))) {
                return entry;
            }
        }
        return null;
    }

    /** Bytes of the present entry. */
    TarArchiveInputStream stream() {
        return in;
    }

    /** Why an entry is not read, whatever its path; null when nothing speaks against it. */
    static @Nullable String objection(TarArchiveEntry entry) {
        if (entry.isSymbolicLink() || entry.isLink()) {
            return "a link is not followed";
        }
        return entry.isFile() && !entry.isSparse() ? null : "no regular file";
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
