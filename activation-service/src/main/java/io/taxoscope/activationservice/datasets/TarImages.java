package io.taxoscope.activationservice.datasets;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A tar of class folders, perhaps gzipped. Nothing is ever written under a name that the tar gives. */
final class TarImages implements ImageSource {
    private final Path tar;
    private final Labelling labelling;
    private final ImageProperties properties;

    TarImages(Path tar, Labelling labelling, ImageProperties properties) {
        this.tar = tar;
        this.labelling = labelling;
        this.properties = properties;
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public void visit(Visitor visitor) throws IOException, InterruptedException {
        var paths = new ArchivePaths("tar");
        try (TarFile file = TarFile.open(tar, properties)) {
            for (TarArchiveEntry entry; (entry = file.next()) != null; ) {
                String path = ArchivePaths.plain(entry.getName());
                String objection = TarFile.objection(entry);
                if (objection == null) {
                    objection = paths.objection(path);
                }
                String label = labelling.of(path);
                if (objection != null) {
                    visitor.refused(path, objection);
                } else if (label == null) {
                    visitor.refused(path, Labels.NONE);
                } else {
                    visitor.image(path, label, new Entry(file.stream(), entry.getSize()));
                }
            }
        }
    }

    private record Entry(TarArchiveInputStream in, long length) implements Content {
        @Override
        public byte[] read() throws IOException {
            return ArchiveBudget.read(in, length);
        }
    }
}
