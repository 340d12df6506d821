package io.taxoscope.taxonomy;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Hierarchies as text (docs/formats.md is normative). Whatever is wrong is refused by line, all at once; what has been
 * read can be written again in one canonical form, which equal hierarchies share byte for byte.
 */
public final class HierarchyFile {
    /** How a text says what lies above what. */
    public enum Format {
        /** {@code child<TAB>parent}; names may come from a second text. */
        EDGES,
        /** {@code id<TAB>parents<TAB>names<TAB>gloss}, one node a line, under a header. */
        NODES,
        /** Folder names such as {@code 05734_Plantae_Tracheophyta_…_Vaccinium_corymbosum}, as iNaturalist 2021 has. */
        PATHS
    }

    static final int MAX_NODES = 500_000;

    /** Pairs of a node and something above it: what a closure may take, 160 MB. */
    static final int MAX_CLOSURE = 20_000_000;

    private HierarchyFile() {}

    /**
     * @param source edges, nodes or paths
     * @param labels {@code id<TAB>names<TAB>gloss} for the nodes of EDGES; it then declares them: others are unknown
     */
    public static UploadedHierarchy read(String title, Format format, String source, @Nullable String labels) {
        var draft = new HierarchyDraft();
        if (title.isBlank() || title.chars().anyMatch(Character::isISOControl)) {
            draft.errors().add("name", "must be one line of text");
        }
        if (labels != null && format != Format.EDGES) {
            draft.errors().add("labels", "go with EDGES only: NODES and PATHS name their nodes themselves");
        } else if (labels != null) {
            HierarchyLines.readLabels(labels, draft);
        }
        switch (format) {
            case EDGES -> HierarchyLines.readEdges(source, draft, labels != null);
            case NODES -> HierarchyLines.readNodes(source, draft);
            case PATHS -> HierarchyLines.readPaths(source, draft);
        }
        return draft.finish(title);
    }

    /** The form NODES, nodes and parents in the order of their ids, without an added root. */
    public static String canonical(UploadedHierarchy hierarchy) {
        var dag = hierarchy.dag();
        var lines = new TreeMap<SynsetId, String>();
        for (int node = 0; node < dag.size(); node++) {
            if (!dag.id(node).equals(UploadedHierarchy.ROOT)) {
                lines.put(dag.id(node), line(hierarchy.synset(node)));
            }
        }
        return "# " + hierarchy.title() + "\n" + HierarchyLines.HEADER + "\n" + String.join("", lines.values());
    }

    private static String line(Synset node) {
        var parents = node.parents().stream()
                .filter(parent -> !parent.equals(UploadedHierarchy.ROOT))
                .map(SynsetId::value)
                .sorted()
                .collect(Collectors.joining("|"));
        return String.join("\t", List.of(node.id().value(), parents, String.join("|", node.lemmas()), node.gloss()))
                + "\n";
    }
}
