package io.taxoscope.vision;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real inputs that are too large or too encumbered for the repository: a folder {@code shared/data} beside it. */
public final class SharedData {
    private SharedData() {}

    /** The file, or the test is skipped with a sentence that says what is missing. */
    public static Path require(String file) {
        Path path = root().resolve("data").resolve(file);
        assumeTrue(
                Files.exists(path),
                "SKIPPED: " + path + " is absent; set TAXOSCOPE_SHARED to the folder that holds data/");
        return path;
    }

    private static Path root() {
        String named = System.getProperty("TAXOSCOPE_SHARED", System.getenv("TAXOSCOPE_SHARED"));
        if (named != null) {
            return Path.of(named);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("shared/data"))) {
                return at.resolve("shared");
            }
        }
        return Path.of("../shared");
    }
}
