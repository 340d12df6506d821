package io.taxoscope.taxonomy.relations;

import io.taxoscope.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Pairable latents and which of them is whose parent: latents of synsets one of which lies above the other. */
final class Family {
    private final int[] pairable;
    private final List<Link> links;
    private final List<Parent> parents;

    private Family(int[] pairable, List<Link> links) {
        this.pairable = pairable;
        this.links = links;
        var children = new TreeMap<Integer, List<Integer>>();
        links.stream().filter(Link::isDirect).forEach(link -> children.computeIfAbsent(
                        link.parent(), parent -> new ArrayList<>())
                .add(link.child()));
        this.parents = children.entrySet().stream()
                .map(entry -> new Parent(
                        entry.getKey(), entry.getValue().stream().sorted().toList()))
                .toList();
    }

    /** @param isDirect no other pairable latent's synset lies strictly between */
    record Link(int parent, int child, boolean isDirect) {}

    /** @param children direct ones, ascending; never empty */
    record Parent(int latent, List<Integer> children) {}

    static Family of(Taxonomy taxonomy, Assignment assignment, FiringSets report, int minSupport) {
        int[] pairable = Arrays.stream(assignment.standing())
                .filter(latent -> report.count(latent) >= minSupport)
                .toArray();
        var latentsOf = new TreeMap<Integer, List<Integer>>();
        for (int latent : pairable) {
            latentsOf
                    .computeIfAbsent(assignment.node(latent), node -> new ArrayList<>())
                    .add(latent);
        }
        var links = new ArrayList<Link>();
        latentsOf.forEach((node, children) -> {
            int[] above = properAncestors(taxonomy, node)
                    .filter(latentsOf::containsKey)
                    .toArray();
            for (int ancestor : above) {
                boolean isDirect = IntStream.of(above)
                        .noneMatch(between ->
                                between != ancestor && Arrays.binarySearch(taxonomy.ancestors(between), ancestor) >= 0);
                for (int parent : latentsOf.getOrDefault(ancestor, List.of())) {
                    children.forEach(child -> links.add(new Link(parent, child, isDirect)));
                }
            }
        });
        links.sort((a, b) -> a.parent() != b.parent()
                ? Integer.compare(a.parent(), b.parent())
                : Integer.compare(a.child(), b.child()));
        return new Family(pairable, links);
    }

    private static IntStream properAncestors(Taxonomy taxonomy, int node) {
        return Arrays.stream(taxonomy.ancestors(node)).filter(above -> above != node);
    }

    /** Latents that stand for a synset and fire often enough, ascending. */
    int[] pairable() {
        return pairable;
    }

    /** All pairs, by parent and child. */
    List<Link> links() {
        return links;
    }

    /** Latents with a direct child, ascending. */
    List<Parent> parents() {
        return parents;
    }
}
