package io.taxoscope.activationservice.datasets;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.support.sources.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The images that a CSV or JSONL file lists. */
final class ManifestImages implements ImageSource {
    private final List<Row> rows;
    private final @Nullable Path folder;
    private final Sources sources;

    /** @param folder what relative paths start from; null when the manifest itself has no place */
    ManifestImages(List<Row> rows, @Nullable Path folder, Sources sources) {
        this.rows = List.copyOf(rows);
        this.folder = folder;
        this.sources = sources;
    }

    record Row(String path, String label) {}

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public void visit(Visitor visitor) throws IOException, InterruptedException {
        for (Row row : rows) {
            Path file;
            try {
                file = resolve(row.path());
            } catch (IOException | InvalidPathException | TaxoscopeException refused) {
                visitor.refused(row.path(), String.valueOf(refused.getMessage()));
                continue;
            }
            visitor.image(row.path(), row.label(), new FileContent(file));
        }
    }

    private Path resolve(String text) throws IOException {
        Path path = Path.of(text);
        if (path.isAbsolute()) {
            return regular(sources.path(text, "path"));
        }
        if (folder == null) {
            throw new IOException(
                    "a relative path needs a manifest that is given by its path, not uploaded or fetched");
        }
        Path file = folder.resolve(path);
        if (!Files.exists(file)) {
            throw new IOException("there is no such file");
        }
        Path real = file.toRealPath();
        if (!real.startsWith(folder)) {
            throw new IOException("the path leads out of the manifest's folder");
        }
        return regular(real);
    }

    private static Path regular(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("no regular file");
        }
        return file;
    }
}
