package io.taxoscope.support.sources;

import io.taxoscope.api.Source;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns a {@link Source} into a file or folder that can be read. */
public class Sources {
    private final ContentStore store;
    private final SourceProperties properties;
    private final UrlFetch fetch;

    Sources(ContentStore store, SourceProperties properties, UrlFetch fetch) {
        this.store = store;
        this.properties = properties;
        this.fetch = fetch;
    }

    /** Refuses at once what could not be read later, without fetching anything. */
    public void check(Source source) {
        checkOneOf(source);
        refuse(
                source.hf(),
                "source.hf",
                "a model of the hub can be registered as a model only, and used as nothing else");
        refuse(source.s3(), "source.s3", "only a dataset is read from a bucket; upload this, or give its path or url");
        if (source.url() != null) {
            fetch.check(source.url());
        } else {
            local(source);
        }
    }

    /** Refuses anything but one place, whatever its kind. */
    public void checkOneOf(Source source) {
        long given = Stream.of(source.path(), source.url(), source.upload(), source.hf(), source.s3())
                .filter(value -> value != null && !value.isBlank())
                .count();
        if (given != 1) {
            throw SourceError.SOURCE_INVALID.at("source", "exactly one of path, url, upload, hf and s3 must be set");
        }
        if (source.hf() == null) {
            refuse(source.revision(), "source.revision", "belongs to a model of the hub (hf)");
            refuse(source.file(), "source.file", "belongs to a model of the hub (hf)");
        }
    }

    private static void refuse(@Nullable String value, String field, String why) {
        if (value != null) {
            throw SourceError.SOURCE_INVALID.at(field, why);
        }
    }

    /** The file or folder itself; what is behind an address is fetched into the store first. */
    public Path resolve(Source source) {
        check(source);
        return source.url() != null ? store.blob(fetch.into(store, source.url())) : local(source);
    }

    private Path local(Source source) {
        return source.upload() != null ? upload(source.upload()) : path(String.valueOf(source.path()), "source.path");
    }

    private Path upload(String sha256) {
        Sha256 hash;
        try {
            hash = new Sha256(sha256);
        } catch (IllegalArgumentException malformed) {
            throw SourceError.SOURCE_INVALID.at("source.upload", "is no SHA-256 in lower-case hex: " + sha256);
        }
        if (!store.has(hash)) {
            throw SourceError.SOURCE_NOT_FOUND.at(
                    "source.upload",
                    "nothing with the hash " + hash + " was uploaded; PUT it to /api/v1/uploads first");
        }
        return store.blob(hash);
    }

    /** An existing file or folder that may be read, with symbolic links resolved before that is decided. */
    public Path path(String text, String field) {
        Path real = realPath(text);
        if (real == null) {
            throw SourceError.SOURCE_NOT_FOUND.at(
                    field, "there is no file or folder '" + text + "' that this service can see");
        }
        if (properties.allowedPaths().stream().noneMatch(allowed -> contains(allowed, real))) {
            throw SourceError.SOURCE_NOT_ALLOWED.at(
                    field,
                    "'%s' lies outside the folders that may be read (taxoscope.sources.allowed-paths: %s)"
                            .formatted(text, properties.allowedPaths()));
        }
        if (!Files.isReadable(real)) {
            throw SourceError.SOURCE_NOT_ALLOWED.at(field, "this service may not read '" + text + "'");
        }
        return real;
    }

    private static @Nullable Path realPath(String text) {
        try {
            Path path = Path.of(text);
            return path.isAbsolute() ? path.toRealPath() : null;
        } catch (IOException | InvalidPathException absent) {
            return null;
        }
    }

    private static boolean contains(String allowed, Path real) {
        try {
            return real.startsWith(Path.of(allowed).toRealPath());
        } catch (IOException absent) {
            return false;
        }
    }
}
