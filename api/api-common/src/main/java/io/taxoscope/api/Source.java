package io.taxoscope.api;

import org.jspecify.annotations.Nullable;

/**
 * Where bytes come from: exactly one of path, url, upload, hf and s3 is set.
 *
 * @param path a file or folder that the service can read
 * @param url an http or https address to fetch
 * @param upload the sha256 answered by {@code PUT /api/v1/uploads}
 * @param hf a model of the Hugging Face hub, {@code organisation/name} or {@code organisation/name@revision}; models only
 * @param revision branch, tag or commit of {@code hf}; absent for {@code main}. What it means is pinned to a commit
 * @param file the ONNX file within {@code hf}; absent for {@code onnx/model.onnx}, {@code model.onnx}, or the only one
 * @param s3 {@code s3://bucket/prefix} of an S3-compatible store; datasets only
 */
public record Source(
        @Nullable String path,
        @Nullable String url,
        @Nullable String upload,
        @Nullable String hf,
        @Nullable String revision,
        @Nullable String file,
        @Nullable String s3) {
    public Source(@Nullable String path, @Nullable String url, @Nullable String upload) {
        this(path, url, upload, null, null, null, null);
    }

    public static Source ofPath(String path) {
        return new Source(path, null, null);
    }

    public static Source ofUpload(String sha256) {
        return new Source(null, null, sha256);
    }

    public static Source ofS3(String s3) {
        return new Source(null, null, null, null, null, null, s3);
    }

    /** A model of the hub. */
    public static Source ofHub(String hf, @Nullable String revision, @Nullable String file) {
        return new Source(null, null, null, hf, revision, file, null);
    }
}
