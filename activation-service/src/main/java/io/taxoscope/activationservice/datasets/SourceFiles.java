package io.taxoscope.activationservice.datasets;

import io.taxoscope.api.Source;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import io.taxoscope.support.sources.SourceError;
import io.taxoscope.support.sources.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The files and folders that a dataset's source names, fetched as far as they are not here. */
@Component
class SourceFiles {
    private final Sources sources;
    private final Buckets buckets;

    SourceFiles(Sources sources, Buckets buckets) {
        this.sources = sources;
        this.buckets = buckets;
    }

    /** Refuses at once what could not be read later. */
    void check(Source source) {
        sources.checkOneOf(source);
        for (Source part : Shards.of(source)) {
            if (part.s3() == null) {
                sources.check(part);
            } else {
                S3Location.of(part.s3());
            }
        }
    }

    void checkLabelFile(Source source) {
        try {
            check(source);
            if (source.s3() != null) {
                throw SourceError.SOURCE_INVALID.at("source.s3", "a label file is read by path, url or upload only");
            }
        } catch (TaxoscopeException refused) {
            List<FieldError> errors = refused.errors().stream()
                    .map(error -> new FieldError(error.field().replaceFirst("^source", "labelFile"), error.message()))
                    .toList();
            String message = String.valueOf(refused.getMessage()).replaceFirst("^source", "labelFile");
            throw new TaxoscopeException(refused.code(), message, errors);
        }
    }

    /** The file or folder of a source that is no bucket. */
    Path local(Source source) {
        return sources.resolve(source);
    }

    /** One file for each part, those of buckets copied into {@code work}. */
    List<Path> all(List<Source> parts, Path work) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Source part : parts) {
            if (part.s3() == null) {
                files.add(local(part));
            } else {
                S3Location location = S3Location.of(part.s3());
                files.add(copied(location, work, files.size()));
            }
        }
        return files;
    }

    /** The one object that the source names, as a file; null when it names the beginning of several. */
    @Nullable Path object(S3Location location, Path work) throws IOException {
        boolean isObject = !location.key().isEmpty()
                && !location.key().endsWith("/")
                && buckets.list(location, location.key()).stream()
                        .anyMatch(item -> item.key().equals(location.key()));
        return isObject ? copied(location, work, 0) : null;
    }

    ImageSource below(S3Location location, Labelling labelling) {
        return new BucketImages(buckets, location, buckets.list(location, location.prefix()), labelling);
    }

    /** The last part of the key stays in the name, since an old tar is told by it alone. */
    private Path copied(S3Location location, Path work, int index) throws IOException {
        Files.createDirectories(work);
        Path target = work.resolve("source-" + index + (location.key().endsWith(".tar") ? ".tar" : ""));
        buckets.copy(location, target);
        return target;
    }
}
