package io.taxoscope.activationservice.interventions;

import io.taxoscope.store.AtomicFiles;
import io.taxoscope.store.ContentStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** The finished pieces of a job, in its private folder: a piece is there whole or not at all. */
final class Pieces {
    private final Path folder;
    private final JsonMapper json;

    Pieces(ContentStore store, String jobId, JsonMapper json) {
        this.folder = store.work(jobId);
        this.json = json;
        try {
            Files.createDirectories(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot create " + folder, failure);
        }
    }

    boolean has(int piece) {
        return Files.isRegularFile(file(piece));
    }

    void write(int piece, Piece content) {
        AtomicFiles.write(file(piece), json.writeValueAsBytes(content));
    }

    Piece read(int piece) {
        return json.readValue(file(piece).toFile(), Piece.class);
    }

    private Path file(int piece) {
        return folder.resolve("piece-%05d.json".formatted(piece));
    }
}
