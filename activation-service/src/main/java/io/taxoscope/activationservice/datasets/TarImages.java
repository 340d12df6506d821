package io.taxoscope.activationservice.datasets;

import io.taxoscope.activationservice.ActivationError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** A tar of class folders, perhaps gzipped. Nothing is ever written under a name that the tar gives. */
final class TarImages implements ImageSource {
    private final Path tar;
    private final boolean gzipped;
    private final long maxBytes;

    /** @param maxBytes of all entries together, so that a small file cannot unpack without end */
    TarImages(Path tar, boolean gzipped, long maxBytes) {
        this.tar = tar;
        this.gzipped = gzipped;
        this.maxBytes = maxBytes;
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public void visit(Visitor visitor) throws IOException, InterruptedException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(tar), 1 << 16);
                TarArchiveInputStream in =
                        new TarArchiveInputStream(gzipped ? new GZIPInputStream(file, 1 << 16) : file)) {
            Set<String> seen = new HashSet<>();
            long total = 0;
            for (TarArchiveEntry entry; (entry = in.getNextEntry()) != null; ) {
                total += Math.max(0, entry.getSize());
                if (total > maxBytes) {
                    throw ActivationError.DATASET_TOO_LARGE.because(
                            "the tar unpacks to more than %d bytes (taxoscope.images.max-dataset-bytes)"
                                    .formatted(maxBytes));
                }
                String path = entry.getName().startsWith("./") ? entry.getName().substring(2) : entry.getName();
                if (!entry.isDirectory() && !Labels.isHidden(path)) {
                    visit(in, entry, path, seen.add(path), visitor);
                }
            }
        }
    }

    private static void visit(
            TarArchiveInputStream in, TarArchiveEntry entry, String path, boolean isNew, Visitor visitor)
            throws IOException, InterruptedException {
        String label = Labels.ofFolder(path);
        String objection = objection(entry, path, isNew);
        if (objection != null) {
            visitor.refused(path, objection);
        } else if (label == null) {
            visitor.refused(path, "lies in no class folder, so it has no label");
        } else {
            visitor.image(path, label, new Entry(in, entry.getSize()));
        }
    }

    private static @Nullable String objection(TarArchiveEntry entry, String path, boolean isNew) {
        if (entry.isSymbolicLink() || entry.isLink()) {
            return "a link is not followed";
        }
        if (!entry.isFile() || entry.isSparse()) {
            return "no regular file";
        }
        if (path.startsWith("/")
                || path.contains("\\")
                || List.of(path.split("/", -1)).contains("..")) {
            return "the path leads out of the tar";
        }
        return isNew ? null : "the path occurs twice in the tar";
    }

    private record Entry(TarArchiveInputStream in, long length) implements Content {
        @Override
        public byte[] read() throws IOException {
            byte[] bytes = in.readNBytes(Math.toIntExact(length));
            if (bytes.length != length) {
                throw new IOException("the tar ends inside an entry");
            }
            return bytes;
        }
    }
}
