package io.taxoscope.api;

import org.jspecify.annotations.Nullable;

/**
 * Where bytes come from: exactly one of the three is set.
 *
 * @param path a file or folder that the service can read
 * @param url an http or https address to fetch
 * @param upload the sha256 answered by {@code PUT /api/v1/uploads}
 */
public record Source(
        @Nullable String path,
        @Nullable String url,
        @Nullable String upload) {
    public static Source ofPath(String path) {
        return new Source(path, null, null);
    }

    public static Source ofUpload(String sha256) {
        return new Source(null, null, sha256);
    }
}
