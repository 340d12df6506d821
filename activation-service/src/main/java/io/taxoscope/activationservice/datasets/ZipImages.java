package io.taxoscope.activationservice.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A zip of class folders, read by its central directory. Nothing is ever written under a name that the zip gives. */
final class ZipImages implements ImageSource {
    private final Path zip;
    private final Labelling labelling;
    private final ImageProperties properties;

    ZipImages(Path zip, Labelling labelling, ImageProperties properties) {
        this.zip = zip;
        this.labelling = labelling;
        this.properties = properties;
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public void visit(Visitor visitor) throws IOException, InterruptedException {
        var budget = new ArchiveBudget(properties, Files.size(zip));
        var paths = new ArchivePaths("zip");
        try (ZipFile file = ZipFile.builder().setPath(zip).get()) {
            List<ZipArchiveEntry> entries = java.util.Collections.list(file.getEntries());
            entries.sort(Comparator.comparing(ZipArchiveEntry::getName));
            for (ZipArchiveEntry entry : entries) {
                String path = ArchivePaths.plain(entry.getName());
                if (!entry.isDirectory() && !Labels.isHidden(path)) {
                    visit(file, entry, path, paths, budget, visitor);
                }
            }
        }
    }

    private void visit(
            ZipFile file, ZipArchiveEntry entry, String path, ArchivePaths paths, ArchiveBudget budget, Visitor visitor)
            throws IOException, InterruptedException {
        String objection = objection(file, entry, budget);
        if (objection == null) {
            objection = paths.objection(path);
        }
        String label = labelling.of(path);
        if (objection == null && label == null) {
            objection = Labels.NONE;
        }
        if (objection != null || label == null) {
            visitor.refused(path, String.valueOf(objection));
            return;
        }
        budget.add(entry.getSize());
        visitor.image(path, label, new Entry(file, entry));
    }

    private static @Nullable String objection(ZipFile file, ZipArchiveEntry entry, ArchiveBudget budget) {
        if (entry.isUnixSymlink()) {
            return "a link is not followed";
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            return "the entry is encrypted";
        }
        if (!file.canReadEntryData(entry)) {
            return "the entry is compressed in a way that is not read";
        }
        return budget.isBomb(entry.getSize(), entry.getCompressedSize())
                ? "%d bytes unpack to %d, as a decompression bomb does (taxoscope.images.max-ratio)"
                        .formatted(entry.getCompressedSize(), entry.getSize())
                : null;
    }

    private record Entry(ZipFile file, ZipArchiveEntry entry) implements Content {
        @Override
        public long length() {
            return entry.getSize();
        }

        @Override
        public byte[] read() throws IOException {
            try (InputStream in = file.getInputStream(entry)) {
                byte[] bytes = ArchiveBudget.read(in, length());
                if (in.read() >= 0) {
                    throw new IOException("an entry is larger than the zip's directory says: " + entry.getName());
                }
                return bytes;
            }
        }
    }
}
