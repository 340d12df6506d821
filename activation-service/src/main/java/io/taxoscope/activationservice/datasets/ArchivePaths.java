package io.taxoscope.activationservice.datasets;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Paths of one archive, which may have been made to do harm. Nothing is ever written under them. */
final class ArchivePaths {
    private final String kind;
    private final Set<String> seen = new HashSet<>();

    /** @param kind of the archive, for messages */
    ArchivePaths(String kind) {
        this.kind = kind;
    }

    static String plain(String path) {
        return path.startsWith("./") ? path.substring(2) : path;
    }

    /** Why the entry is not read; null when nothing speaks against it. */
    @Nullable String objection(String path) {
        if (path.startsWith("/")
                || path.contains("\\")
                || path.contains("\0")
                || List.of(path.split("/", -1)).contains("..")) {
            return "the path leads out of the " + kind;
        }
        return seen.add(path) ? null : "the path occurs twice in the " + kind;
    }
}
