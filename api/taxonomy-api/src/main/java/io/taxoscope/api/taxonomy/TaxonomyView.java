package io.taxoscope.api.taxonomy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * @param id {@code wordnet-3.0}, or the hash of the taxonomy in its canonical form
 * @param builtIn whether it is WordNet, which cannot be deleted
 * @param nNodes without a root that was added
 * @param nRoots above one, a root {@code *ROOT*} is added over them, so that any two nodes have a common hypernym
 * @param maxDepth longest way from the root (the added one, if any) to a node
 * @param createdAt absent for WordNet
 */
public record TaxonomyView(
        String id,
        String name,
        boolean builtIn,
        int nNodes,
        int nEdges,
        int nRoots,
        int maxDepth,
        @Nullable Instant createdAt) {}
