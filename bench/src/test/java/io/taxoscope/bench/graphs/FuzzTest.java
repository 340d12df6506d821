package io.taxoscope.bench.graphs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taxoscope.bench.graphs.Fuzz.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Spoilt files give a result or a refusal; the bench main reads many more of them. */
class FuzzTest {
    private static final Path IMAGES = Path.of("../core/vision/src/test/resources/images/decode");
    private static final Path MODEL = Path.of("../activation-service/src/test/resources/tiny_vit.onnx");

    @Test
    void spoiltModelsAreReadOrRefused(@TempDir Path folder) throws IOException {
        Fuzz fuzz = Fuzz.ofModel(Files.readAllBytes(MODEL), folder, 32).run(1, 150);

        assertThat(fuzz.findings()).isEmpty();
        assertThat(fuzz.results().get(Result.READ)).isPositive();
        assertThat(fuzz.results().get(Result.REFUSED)).isPositive();
    }

    @ParameterizedTest
    @MethodSource("images")
    void spoiltImagesAreReadOrRefused(Path image) throws IOException {
        Fuzz fuzz = Fuzz.ofImage(Files.readAllBytes(image)).run(1, 60);

        assertThat(fuzz.findings()).isEmpty();
        // A format with checksums refuses every spoilt file.
        assertThat(fuzz.results().get(Result.REFUSED)).isBetween(20, 60);
    }

    @Test
    void anyOtherFailureIsAFinding() throws IOException {
        byte[] model = Files.readAllBytes(MODEL);
        Fuzz fuzz = new Fuzz(
                        file -> {
                            if (file.length < model.length) {
                                throw new IllegalStateException("shorter");
                            }
                        },
                        model,
                        Mutation.blind())
                .run(1, 40);

        assertThat(fuzz.findings()).isNotEmpty().allSatisfy(finding -> assertThat(finding.what())
                .contains("IllegalStateException: shorter"));
        assertThat(fuzz.results().get(Result.FINDING)).isEqualTo(fuzz.findings().size());
    }

    @Test
    void aFileThatIsRefusedAsItIsCannotBeSpoilt() {
        assertThatThrownBy(() -> Fuzz.ofImage(new byte[100]).run(1, 1)).hasMessageContaining("refused itself");
    }

    private static Stream<Path> images() throws IOException {
        try (Stream<Path> files = Files.list(IMAGES)) {
            return files.filter(file -> !file.toString().endsWith(".rgb")).sorted().toList().stream();
        }
    }
}
