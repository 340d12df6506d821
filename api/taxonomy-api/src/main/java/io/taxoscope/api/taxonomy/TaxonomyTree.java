package io.taxoscope.api.taxonomy;

import java.util.List;

/**
 * The closure of some classes, or the part of it on or below one node: what coverage is counted over.
 *
 * @param nNodes nodes of that part, also those left out by the limit; edges and classes likewise
 * @param nReachable nodes that can be a lowest common hypernym
 * @param nLeftOut nodes beyond the limit
 * @param nodes nearest to the root first
 */
public record TaxonomyTree(
        String root, int nNodes, int nEdges, int nClasses, int nReachable, int nLeftOut, List<Node> nodes) {
    /**
     * @param parents wnids of its parents among the answered nodes
     * @param minDepth shortest way from the root of the whole closure
     * @param height longest way down to a class
     * @param minHeight shortest way down to a class
     * @param nClasses classes on or below it
     * @param isClass whether it is a class itself; others may lie below it
     * @param isReachable whether it can be a lowest common hypernym
     */
    public record Node(
            String wnid,
            String name,
            List<String> parents,
            int minDepth,
            int maxDepth,
            int height,
            int minHeight,
            int nClasses,
            boolean isClass,
            boolean isReachable) {}
}
