package io.taxoscope.saeservice;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.core.io.FileSystemResource;

/** A file that was made for one answer and goes when it is sent. */
public final class TemporaryResource extends FileSystemResource {
    private final Path file;

    private TemporaryResource(Path file) {
        super(file);
        this.file = file;
    }

    /** Writes the file. */
    @FunctionalInterface
    public interface Writer {
        void writeTo(Path file) throws IOException;
    }

    /** Makes the file; nothing of it stays when that fails. */
    public static TemporaryResource of(String suffix, Writer writer) {
        try {
            Path file = Files.createTempFile("taxoscope", suffix);
            try {
                writer.writeTo(file);
                return new TemporaryResource(file);
            } catch (IOException | RuntimeException failure) {
                Files.deleteIfExists(file);
                throw failure;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write a file to send", failure);
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public void close() throws IOException {
                super.close();
                Files.deleteIfExists(file);
            }
        };
    }
}
