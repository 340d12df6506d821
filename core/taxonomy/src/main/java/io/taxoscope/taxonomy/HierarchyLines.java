package io.taxoscope.taxonomy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the lines of each form into a draft. Lines that start with {@code #} are comments. */
final class HierarchyLines {
    static final String HEADER = "id\tparents\tnames\tgloss";

    private static final String SOURCE = "source";
    private static final String LABELS = "labels";
    private static final Pattern NUMBER = Pattern.compile("^\\d+_");
    private static final Pattern BAR = Pattern.compile("\\|");

    private HierarchyLines() {}

    private interface LineReader {
        void read(int number, String line);
    }

    /** @param declared whether every node must have come with the labels */
    static void readEdges(String source, HierarchyDraft draft, boolean declared) {
        forEach(SOURCE, source, draft, (number, line) -> {
            var columns = line.split("\t", -1);
            if (columns.length != 2) {
                draft.errors().add(SOURCE, number, "has " + columns(columns.length) + ", not child<TAB>parent");
                return;
            }
            boolean isChild = draft.isId(SOURCE, number, columns[0]);
            boolean isParent = draft.isId(SOURCE, number, columns[1]);
            if (!isChild || !isParent) {
                return;
            }
            if (!declared) {
                draft.mention(columns[0], number);
                draft.mention(columns[1], number);
            }
            draft.edge(SOURCE, number, columns[0], columns[1]);
        });
    }

    static void readLabels(String labels, HierarchyDraft draft) {
        forEach(LABELS, labels, draft, (number, line) -> {
            var columns = line.split("\t", -1);
            if (columns.length < 2 || columns.length > 3) {
                draft.errors().add(LABELS, number, "has " + columns(columns.length) + ", not id<TAB>names[<TAB>gloss]");
            } else if (draft.isId(LABELS, number, columns[0])) {
                var gloss = columns.length == 3 ? columns[2].strip() : "";
                draft.node(LABELS, number, columns[0], names(columns[1]), gloss);
            }
        });
    }

    /** Parents may stand on later lines, so they are looked up at the end. */
    static void readNodes(String source, HierarchyDraft draft) {
        boolean[] sawHeader = {false};
        forEach(SOURCE, source, draft, (number, line) -> {
            if (!sawHeader[0]) {
                sawHeader[0] = true;
                requireHeader(number, line, draft);
                return;
            }
            var columns = line.split("\t", -1);
            if (columns.length > 4) {
                draft.errors().add(SOURCE, number, "has " + columns(columns.length) + ", at most 4 are known");
            } else if (draft.isId(SOURCE, number, columns[0])) {
                var names = columns.length > 2 ? names(columns[2]) : List.<String>of();
                draft.node(SOURCE, number, columns[0], names, columns.length > 3 ? columns[3].strip() : "");
                var parents = columns.length > 1 ? columns[1] : "";
                parts(parents).forEach(parent -> draft.edge(SOURCE, number, columns[0], parent));
            }
        });
    }

    private static void requireHeader(int number, String line, HierarchyDraft draft) {
        if (!line.equals("id\tparents") && !line.equals("id\tparents\tnames") && !line.equals(HEADER)) {
            draft.errors()
                    .add(
                            SOURCE,
                            number,
                            "is not the header: the columns are id, parents, names and gloss, of which the last two"
                                    + " may be left out, with tabs between them");
        }
    }

    static void readPaths(String source, HierarchyDraft draft) {
        var lineOfPath = new HashMap<String, Integer>();
        forEach(SOURCE, source, draft, (number, line) -> {
            var path = NUMBER.matcher(line).replaceFirst("");
            var ranks = path.split("_", -1);
            if (Arrays.stream(ranks).anyMatch(String::isBlank)) {
                draft.errors().add(SOURCE, number, "has an empty rank: \"" + line + "\"");
                return;
            }
            if (!draft.isId(SOURCE, number, path)) {
                return;
            }
            var earlier = lineOfPath.putIfAbsent(path, number);
            if (earlier != null) {
                draft.errors().add(SOURCE, number, "repeats the path of line " + earlier + ": " + path);
                return;
            }
            draft.path(number, ranks, pathNames(ranks, line));
        });
    }

    /** The last rank, as a binomial where it is a species' epithet, and the folder's name, so that it resolves too. */
    private static List<String> pathNames(String[] ranks, String folder) {
        var last = ranks[ranks.length - 1];
        return ranks.length > 1 && Character.isLowerCase(last.codePointAt(0))
                ? List.of(ranks[ranks.length - 2] + "_" + last, last, folder)
                : List.of(last, folder);
    }

    private static void forEach(String file, String text, HierarchyDraft draft, LineReader reader) {
        // A byte order mark is no part of the first id.
        var lines =
                (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
        boolean sawLine = false;
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.isBlank()) {
                draft.errors().add(file, i + 1, "is empty");
            } else if (!line.startsWith("#")) {
                sawLine = true;
                reader.read(i + 1, line);
            }
        }
        if (!sawLine) {
            draft.errors().add(file, "has no lines");
        }
    }

    private static List<String> names(String column) {
        return parts(column).map(String::strip).filter(name -> !name.isEmpty()).toList();
    }

    private static Stream<String> parts(String column) {
        return column.isEmpty() ? Stream.empty() : BAR.splitAsStream(column);
    }

    private static String columns(int count) {
        return count == 1 ? "one column" : count + " columns";
    }
}
