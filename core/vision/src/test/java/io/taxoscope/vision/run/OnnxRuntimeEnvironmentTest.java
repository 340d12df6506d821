package io.taxoscope.vision.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OnnxRuntimeEnvironmentTest {
    @Test
    void survivesALongCommandLine() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dpadding=" + "x".repeat(100_000),
                        Loader.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertThat(process.waitFor()).isZero();
    }

    static final class Loader {
        private Loader() {}

        public static void main(String[] arguments) {
            System.exit(OnnxRuntimeEnvironment.get() == null ? 1 : 0);
        }
    }
}
