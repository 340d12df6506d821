package io.taxoscope.activationservice.datasets;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the place of a file among class folders is read. */
final class Labels {
    static final String NONE = "lies in no class folder, so it has no label";

    private Labels() {}

    /** Name of the folder that holds the file; null when it lies in none. */
    static @Nullable String ofFolder(String path) {
        List<String> parts = List.of(path.split("/", -1));
        return parts.size() < 2 ? null : parts.get(parts.size() - 2);
    }

    /** Files that operating systems leave behind: not part of any dataset. */
    static boolean isHidden(String path) {
        for (String part : path.split("/", -1)) {
            if ((part.startsWith(".") && part.length() > 1 && !part.equals("..")) || part.equals("__MACOSX")) {
                return true;
            }
        }
        return false;
    }
}
