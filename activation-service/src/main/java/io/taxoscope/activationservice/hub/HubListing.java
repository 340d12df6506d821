package io.taxoscope.activationservice.hub;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a repository holds at one commit.
 *
 * @param commit 40 hex digits
 */
record HubListing(String commit, List<File> files) {
    private static final List<String> USUAL = List.of("onnx/model.onnx", "model.onnx");

    HubListing {
        files = List.copyOf(files);
    }

    /**
     * One file, and the hash that its bytes must have: large files have a SHA-256, small ones are git blobs.
     *
     * @param size in bytes
     * @param gitSha1 SHA-1 of {@code "blob <size>\0"} and the bytes
     */
    record File(
            String path,
            long size,
            @Nullable String sha256,
            @Nullable String gitSha1) {
        /** What the bytes must have: the SHA-256 of a large file, the git hash of a small one. */
        String hash() {
            String hash = sha256 != null ? sha256 : gitSha1;
            if (hash == null || !hash.matches("[0-9a-f]{40}|[0-9a-f]{64}") || size < 0) {
                throw HubError.HUB_UNREACHABLE.because(
                        "the hub does not say which bytes %s has; is taxoscope.hub.address a hub?".formatted(path));
            }
            return hash;
        }

        String folder() {
            return path.substring(0, path.lastIndexOf('/') + 1);
        }
    }

    Optional<File> find(String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }

    /** The ONNX file that is asked for, or else the usual one, or else the only one. */
    File model(HubReference reference) {
        String asked = reference.file();
        List<String> models = files.stream()
                .map(File::path)
                .filter(path -> path.endsWith(".onnx"))
                .toList();
        if (asked != null) {
            return find(asked)
                    .orElseThrow(() -> HubError.HUB_FILE_UNCLEAR.at(
                            "source.file", "%s has no %s; it has %s".formatted(reference, asked, models)));
        }
        for (String usual : USUAL) {
            if (models.contains(usual)) {
                return find(usual).orElseThrow();
            }
        }
        if (models.size() == 1) {
            return find(models.getFirst()).orElseThrow();
        }
        throw models.isEmpty()
                ? HubError.HUB_FILE_UNCLEAR.at(
                        "source.hf",
                        reference + " has no ONNX file; export it (optimum-cli export onnx) and upload the result")
                : HubError.HUB_FILE_UNCLEAR.at(
                        "source.file", "%s has several; name one of %s".formatted(reference, models));
    }
}
