package io.taxoscope.activationservice.datasets;

import io.taxoscope.api.Source;
import io.taxoscope.support.sources.SourceError;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a source that names several files as webdataset does: {@code {000..012}} counts, {@code {train,val}} lists,
 * and {@code ::} stands between whole names.
 */
final class Shards {
    private static final Pattern BRACES = Pattern.compile("\\{([^{}]*(?:,|\\.\\.)[^{}]*)}");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})\\.\\.(\\d{1,9})");
    private static final int MOST = 10_000;

    private Shards() {}

    /** The source itself when it names one thing. */
    static List<Source> of(Source source) {
        if (source.path() != null) {
            return isThere(source.path())
                    ? List.of(source)
                    : each(source.path(), "source.path", Source::ofPath, source);
        }
        if (source.url() != null) {
            return each(source.url(), "source.url", url -> new Source(null, url, null), source);
        }
        if (source.s3() != null) {
            return each(source.s3(), "source.s3", Source::ofS3, source);
        }
        return source.upload() == null
                ? List.of(source)
                : each(source.upload(), "source.upload", Source::ofUpload, source);
    }

    /** The last part of what names the source. */
    static String name(Source source) {
        @Nullable String[] places = {source.path(), source.url(), source.s3(), source.upload()};
        for (String place : places) {
            if (place != null) {
                return place.replaceFirst("[?#].*", "").replaceFirst("/+$", "").replaceFirst(".*/", "");
            }
        }
        return "";
    }

    private static List<Source> each(String text, String field, Function<String, Source> as, Source whole) {
        List<String> names = new ArrayList<>();
        for (String part : text.split("::", -1)) {
            expand(part, field, names);
        }
        return names.size() == 1 && names.getFirst().equals(text)
                ? List.of(whole)
                : names.stream().map(as).toList();
    }

    private static void expand(String text, String field, List<String> names) {
        Matcher braces = BRACES.matcher(text);
        if (!braces.find()) {
            if (names.size() >= MOST) {
                throw SourceError.SOURCE_INVALID.at(field, "names more than " + MOST + " files");
            }
            names.add(text);
            return;
        }
        for (String choice : choices(braces.group(1), field)) {
            expand(text.substring(0, braces.start()) + choice + text.substring(braces.end()), field, names);
        }
    }

    private static List<String> choices(String inner, String field) {
        Matcher range = RANGE.matcher(inner);
        if (!range.matches()) {
            return List.of(inner.split(",", -1));
        }
        int first = Integer.parseInt(range.group(1));
        int last = Integer.parseInt(range.group(2));
        if (last < first || last - first >= MOST) {
            throw SourceError.SOURCE_INVALID.at(
                    field, "{%s} must count upwards, and to at most %d files".formatted(inner, MOST));
        }
        // Leading zeros give the width, as in a shell.
        String format = range.group(1).startsWith("0") ? "%0" + range.group(1).length() + "d" : "%d";
        List<String> numbers = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            numbers.add(format.formatted(i));
        }
        return numbers;
    }

    private static boolean isThere(String path) {
        try {
            return Files.exists(Path.of(path));
        } catch (InvalidPathException malformed) {
            return false;
        }
    }
}
