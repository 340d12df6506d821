package io.taxoscope.api.activation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files of one model of the hub, at one commit.
 *
 * @param repository such as {@code onnx-community/dinov2-small}
 * @param revision branch, tag or commit that was asked for; absent for {@code main}
 * @param commit what it meant when it was asked for, 40 hex digits
 * @param files the ONNX file first, then what belongs to it
 */
public record HubOrigin(String repository, @Nullable String revision, String commit, List<File> files) {
    public HubOrigin {
        files = List.copyOf(files);
    }

    /** @param sha256 of the file's bytes, checked against what the hub says of them */
    public record File(String path, long bytes, String sha256) {}
}
