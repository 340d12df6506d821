package io.taxoscope.activationservice.hub;

import io.taxoscope.api.Source;
import io.taxoscope.support.sources.SourceError;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model of the hub as a user names it.
 *
 * @param repository {@code organisation/name}
 * @param revision branch, tag or commit as asked for
 * @param file the ONNX file; null to choose
 */
record HubReference(
        String repository,
        @Nullable String revision,
        @Nullable String file) {
    private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9][\\w.-]{0,95}/[A-Za-z0-9][\\w.-]{0,95}");
    private static final Pattern REVISION = Pattern.compile("[\\w][\\w./-]{0,199}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    static HubReference of(Source source) {
        return of(Objects.requireNonNull(source.hf()), source.revision(), source.file());
    }

    static HubReference of(String hf, @Nullable String revision, @Nullable String file) {
        int at = hf.indexOf('@');
        String repository = at < 0 ? hf : hf.substring(0, at);
        String pinned = at < 0 ? revision : hf.substring(at + 1);
        if (!REPOSITORY.matcher(repository).matches()) {
            throw SourceError.SOURCE_INVALID.at(
                    "source.hf",
                    "'%s' is no hub model; write organisation/name or organisation/name@revision".formatted(hf));
        }
        if (at >= 0 && revision != null) {
            throw SourceError.SOURCE_INVALID.at(
                    "source.revision", "stands in hf already, behind the @; say it in one place");
        }
        if (pinned != null && (!REVISION.matcher(pinned).matches() || pinned.contains(".."))) {
            throw SourceError.SOURCE_INVALID.at("source.revision", "'" + pinned + "' is no branch, tag or commit");
        }
        if (file != null && (!file.endsWith(".onnx") || file.startsWith("/") || file.contains(".."))) {
            throw SourceError.SOURCE_INVALID.at("source.file", "'" + file + "' is no ONNX file of a hub model");
        }
        return new HubReference(repository, pinned, file);
    }

    String revisionOrMain() {
        return revision == null ? "main" : revision;
    }

    boolean isCommit() {
        return revision != null && COMMIT.matcher(revision).matches();
    }

    @Override
    public String toString() {
        return repository + "@" + revisionOrMain();
    }
}
