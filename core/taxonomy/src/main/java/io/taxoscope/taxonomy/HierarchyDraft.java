package io.taxoscope.taxonomy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A hierarchy before it is known to be one: what the lines of a file said, and what is wrong with them. */
final class HierarchyDraft {
    private static final int MAX_ID = 200;

    private final LineErrors errors = new LineErrors();
    private final TreeMap<String, Node> nodes = new TreeMap<>();
    private final Map<Edge, Place> edges = new LinkedHashMap<>();

    private record Node(String file, int line, List<String> lemmas, String gloss) {}

    private record Edge(String child, String parent) {}

    private record Place(String file, int line) {}

    LineErrors errors() {
        return errors;
    }

    /** Whether a text can be an id; what forbids it is noted. */
    boolean isId(String file, int line, String id) {
        String fault = null;
        if (id.isBlank()) {
            fault = "has an empty id";
        } else if (!id.equals(id.strip()) || id.chars().anyMatch(Character::isISOControl)) {
            fault = "has an id with blanks around it or control characters: \"" + id + "\"";
        } else if (id.length() > MAX_ID) {
            fault = "has an id of " + id.length() + " characters; " + MAX_ID + " are the limit";
        } else if (id.chars().anyMatch(c -> c == '|' || c == '/' || c == '\\')) {
            fault = "has the id \"" + id
                    + "\": |, / and \\ separate things in lists and addresses, use another character";
        } else if (id.startsWith("#")) {
            fault = "has the id \"" + id + "\": a line that starts with # is a comment";
        } else if (id.equals(UploadedHierarchy.ROOT.value())) {
            fault = "has the id " + id + ", which is the root that is added above several";
        }
        if (fault != null) {
            errors.add(file, line, fault);
        }
        return fault == null;
    }

    /** A node with a line of its own. */
    void node(String file, int line, String id, List<String> lemmas, String gloss) {
        var earlier = nodes.putIfAbsent(id, new Node(file, line, lemmas, gloss));
        if (earlier != null) {
            errors.add(file, line, "repeats the id of line " + earlier.line() + ": " + id);
        }
    }

    /** A node that exists because an edge names it. */
    void mention(String id, int line) {
        nodes.putIfAbsent(id, new Node("source", line, List.of(), ""));
    }

    void edge(String file, int line, String child, String parent) {
        if (child.equals(parent)) {
            errors.add(file, line, "makes " + child + " its own parent");
            return;
        }
        var earlier = edges.putIfAbsent(new Edge(child, parent), new Place(file, line));
        if (earlier != null) {
            var where = earlier.line() == line ? "itself" : "line " + earlier.line();
            errors.add(file, line, "repeats the edge of " + where + ": " + parent + " above " + child);
        }
    }

    /** The nodes and edges of one path from a root down; its end gets names of its own. */
    void path(int line, String[] ranks, List<String> names) {
        var above = "";
        for (int i = 0; i < ranks.length; i++) {
            var id = i == 0 ? ranks[0] : above + "_" + ranks[i];
            boolean isEnd = i == ranks.length - 1;
            if (isEnd) {
                nodes.put(id, new Node("source", line, names, ""));
            } else {
                nodes.putIfAbsent(id, new Node("source", line, List.of(ranks[i]), ""));
            }
            if (i > 0) {
                edges.putIfAbsent(new Edge(id, above), new Place("source", line));
            }
            above = id;
        }
    }

    UploadedHierarchy finish(String title) {
        checkEnds();
        if (nodes.size() > HierarchyFile.MAX_NODES) {
            errors.add("source", "has %d nodes; %d are the limit".formatted(nodes.size(), HierarchyFile.MAX_NODES));
        }
        errors.throwIfAny(TaxonomyError.TAXONOMY_INVALID, "the taxonomy");
        int[][] parents = parents(List.copyOf(nodes.keySet()));
        checkCycles(parents);
        errors.throwIfAny(TaxonomyError.TAXONOMY_INVALID, "the taxonomy");
        return rooted(title, parents);
    }

    private void checkEnds() {
        edges.forEach((edge, place) -> {
            for (var end : List.of(edge.child(), edge.parent())) {
                if (!nodes.containsKey(end)) {
                    var role = end.equals(edge.parent()) ? "parent" : "child";
                    errors.add(
                            place.file(), place.line(), "names the " + role + " " + end + ", which no line declares");
                }
            }
        });
    }

    private int[][] parents(List<String> ids) {
        var numbers = new LinkedHashMap<String, Integer>();
        ids.forEach(id -> numbers.put(id, numbers.size()));
        var lists =
                IntStream.range(0, ids.size()).mapToObj(node -> new IntList()).toList();
        edges.keySet().forEach(edge -> lists.get(numbers.getOrDefault(edge.child(), -1))
                .add(numbers.getOrDefault(edge.parent(), -1)));
        return lists.stream()
                .map(list -> IntStream.of(list.toArray()).sorted().toArray())
                .toArray(int[][]::new);
    }

    private void checkCycles(int[][] parents) {
        var ids = List.copyOf(nodes.keySet());
        for (int[] cycle : Cycles.find(parents, LineErrors.SHOWN + 1)) {
            var names = new ArrayList<String>();
            int line = 0;
            for (int i = 0; i < cycle.length; i++) {
                names.add(ids.get(cycle[i]));
                var parent = ids.get(cycle[(i + 1) % cycle.length]);
                var place = edges.get(new Edge(ids.get(cycle[i]), parent));
                line = place == null ? line : Math.max(line, place.line());
            }
            names.add(names.getFirst());
            errors.add("source", line, "closes a cycle, each node below the next: " + shortened(names));
        }
    }

    private static String shortened(List<String> names) {
        int shown = 20;
        return names.size() <= shown
                ? String.join(" < ", names)
                : String.join(" < ", names.subList(0, shown)) + " < … (" + (names.size() - 1) + " nodes in all)";
    }

    private UploadedHierarchy rooted(String title, int[][] ownParents) {
        var ids = nodes.keySet().stream().map(SynsetId::of).collect(Collectors.toCollection(ArrayList::new));
        var lemmas = new ArrayList<List<String>>();
        var glosses = new ArrayList<String>();
        nodes.forEach((id, node) -> {
            lemmas.add(node.lemmas().isEmpty() ? List.of(id) : node.lemmas());
            glosses.add(node.gloss());
        });
        int[] roots = IntStream.range(0, ownParents.length)
                .filter(node -> ownParents[node].length == 0)
                .toArray();
        int[][] parents = ownParents;
        if (roots.length > 1) {
            int at = -1 - Collections.binarySearch(ids, UploadedHierarchy.ROOT);
            ids.add(at, UploadedHierarchy.ROOT);
            lemmas.add(at, List.of(UploadedHierarchy.ROOT.value()));
            glosses.add(at, "added above " + roots.length + " roots");
            parents = below(at, ownParents);
        }
        var dag = new Dag(ids, parents);
        Closure.requireAtMost(HierarchyFile.MAX_CLOSURE, dag);
        return new UploadedHierarchy(title, dag, lemmas, glosses);
    }

    /** The same edges with a node inserted at {@code at} as the parent of every root. */
    private static int[][] below(int at, int[][] own) {
        int[][] parents = new int[own.length + 1][];
        for (int node = 0; node < own.length; node++) {
            int[] up = own[node];
            parents[node < at ? node : node + 1] = up.length == 0
                    ? new int[] {at}
                    : IntStream.of(up)
                            .map(parent -> parent < at ? parent : parent + 1)
                            .toArray();
        }
        parents[at] = new int[0];
        return parents;
    }
}
