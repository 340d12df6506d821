package io.taxoscope.support.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taxoscope.api.Source;
import io.taxoscope.store.ContentStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class SourcesTest {
    @TempDir
    Path folder;

    private Path allowed = Path.of("");
    private Path secret = Path.of("");

    @BeforeEach
    void files() throws IOException {
        allowed = Files.createDirectory(folder.resolve("allowed"));
        secret = Files.writeString(folder.resolve("secret.onnx"), "secret");
        Files.writeString(allowed.resolve("model.onnx"), "model");
        Files.createSymbolicLink(allowed.resolve("link.onnx"), secret);
    }

    @Test
    void readsBelowTheAllowedFolders() throws IOException {
        Path file =
                sources().resolve(Source.ofPath(allowed.resolve("model.onnx").toString()));

        assertThat(file).hasContent("model");
    }

    @Test
    void refusesEveryOtherPathHoweverItIsWritten() {
        for (Path path : List.of(secret, allowed.resolve("../secret.onnx"), allowed.resolve("link.onnx"))) {
            assertThatThrownBy(() -> sources().check(Source.ofPath(path.toString())))
                    .hasMessageContaining("taxoscope.sources.allowed-paths");
        }
    }

    @Test
    void refusesPathsThatDependOnWhereTheServiceWasStarted() {
        assertThatThrownBy(() -> sources().check(Source.ofPath("model.onnx"))).hasMessageContaining("there is no file");
    }

    @Test
    void takesExactlyOneOfThree() {
        assertThatThrownBy(() -> sources().check(new Source("/a", null, "b"))).hasMessageContaining("exactly one");
    }

    private Sources sources() {
        SourceProperties properties = new SourceProperties(
                List.of(allowed.toString()), true, DataSize.ofMegabytes(1), 3, Duration.ofSeconds(1));
        return new Sources(ContentStore.at(folder.resolve("store")), properties, new UrlFetch(properties));
    }
}
