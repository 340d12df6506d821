package io.taxoscope.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentFileTest {
    @TempDir
    Path folder;

    @Test
    void meansPathsRelativeToTheFile() throws IOException {
        Map<String, Object> document = read("""
                name: mine
                model: {source: {path: models/vit.onnx}}
                dataset:
                  source: {path: /data/images.tar}
                sae: {k: 16}
                """);
        assertThat(document)
                .containsEntry("name", "mine")
                .containsEntry("sae", Map.of("k", 16))
                .containsEntry("dataset", Map.of("source", Map.of("path", "/data/images.tar")))
                .containsEntry(
                        "model",
                        Map.of(
                                "source",
                                Map.of("path", folder.resolve("models/vit.onnx").toString())));
    }

    @Test
    void readsThePreprocessingFromAFileOfItsOwn() throws IOException {
        Files.writeString(folder.resolve("preprocessing.json"), "{\"colorOrder\": \"RGB\"}");

        assertThat(read("model: {id: m-1, preprocessing: preprocessing.json}"))
                .containsEntry("model", Map.of("id", "m-1", "preprocessing", Map.of("colorOrder", "RGB")));
        assertThatThrownBy(() -> read("model: {id: m-1, preprocessing: none.json}"))
                .hasMessageContaining("none.json");
    }

    @Test
    void readsJsonToo() throws IOException {
        assertThat(read("{\"name\": \"mine\", \"model\": {\"id\": \"m-1\"}}"))
                .isEqualTo(Map.of("name", "mine", "model", Map.of("id", "m-1")));
    }

    @Test
    void saysWhatIsWrongWithAFile() {
        assertThatThrownBy(() -> read("- a\n- list")).hasMessageContaining("must be a mapping");
        assertThatThrownBy(() -> read("name: [")).hasMessageContaining("neither YAML nor JSON");
        assertThatThrownBy(() -> read("!!java.io.File [x]")).hasMessageContaining("neither YAML nor JSON");
        assertThatThrownBy(() -> ExperimentFile.read(folder.resolve("none.yaml")))
                .hasMessageContaining("none.yaml");
    }

    private Map<String, Object> read(String text) throws IOException {
        return ExperimentFile.read(Files.writeString(folder.resolve("experiment.yaml"), text))
                .document();
    }
}
