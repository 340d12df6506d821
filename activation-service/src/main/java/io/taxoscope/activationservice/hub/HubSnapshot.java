package io.taxoscope.activationservice.hub;

import io.taxoscope.api.activation.HubOrigin;
import io.taxoscope.api.activation.Preprocessing;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A model of the hub in the store.
 *
 * @param folder of the ONNX file in its repository, with a slash at the end, or empty
 * @param preprocessorConfig the repository's {@code preprocessor_config.json}; null without one
 */
public record HubSnapshot(
        HubOrigin origin, String folder, @Nullable String preprocessorConfig) {

    /** What the repository says about images; refused by field when it cannot be done here. */
    public Preprocessing preprocessing() {
        if (preprocessorConfig == null) {
            throw HubError.HUB_PREPROCESSING_UNSUPPORTED.at(
                    "preprocessing",
                    origin.repository() + " has no preprocessor_config.json; say how images become inputs");
        }
        return PreprocessorConfig.read(preprocessorConfig);
    }

    /**
     * The ONNX file with its external data beside it, under the names that it knows them by.
     *
     * @param name of the work folder that holds them until they are closed
     */
    public record LaidOut(ContentStore store, String name, Path model) implements AutoCloseable {
        @Override
        public void close() {
            store.discardWork(name);
        }
    }

    /** Lays the files out as links; the caller closes them. */
    public LaidOut layOut(ContentStore store) {
        String name = "hub-model-" + UUID.randomUUID();
        Path lent = store.work(name);
        try {
            Files.createDirectories(lent);
            for (HubOrigin.File file : origin.files()) {
                if (file.path().startsWith(folder)) {
                    Path link = lent.resolve(file.path().substring(folder.length()));
                    Files.createSymbolicLink(link, store.blob(new Sha256(file.sha256())));
                }
            }
        } catch (IOException failure) {
            store.discardWork(name);
            throw new UncheckedIOException("cannot lay out the files of " + origin.repository(), failure);
        }
        return new LaidOut(
                store, name, lent.resolve(origin.files().getFirst().path().substring(folder.length())));
    }
}
