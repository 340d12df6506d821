package io.taxoscope.activationservice.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

record FileContent(Path file) implements ImageSource.Content {
    @Override
    public byte[] read() throws IOException {
        return Files.readAllBytes(file);
    }

    @Override
    public long length() throws IOException {
        return Files.size(file);
    }
}
